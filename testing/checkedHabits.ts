/** Checks a shop with habits of its own, as fast as it answers. */
import { check } from '../server/check/check.ts';
import { type TargetDefinition, target } from '../server/check/target.ts';
import { type Routes, type Shop, startHabitShop } from './habitShop.ts';
import { shopRecipe } from './shopRecipe.ts';

/**
 * @param routes those that are other than usual
 * @param change what is other than usual in the recipe
 */
export async function checkHabits(
  routes: Routes = {},
  habits: Partial<Pick<Shop, 'attributes' | 'userOf'>> = {},
  change: Partial<TargetDefinition> = {},
) {
  const app = await startHabitShop(routes, habits);
  try {
    const recipe = target({ ...shopRecipe(app.origin), ...change });
    const report = await check(recipe, { rate: Number.POSITIVE_INFINITY, wait: true, budget: 1000 });
    return { ...report, verdictOf: (id: string) => report.findings.find((finding) => finding.id === id)?.verdict };
  } finally {
    await app.close();
  }
}
