/** What `import { … } from 'session-sandbox'` gives to a scenario outside this project. */
// biome-ignore-all lint/performance/noBarrelFile: this is the package's entry. Nothing of the project imports it.
export type { Actor, Cast, LastResponse, Mail, Page, RequestOptions, World } from '../scenarios/engine/cast.ts';
export { hours, minutes, seconds } from '../scenarios/engine/durations.ts';
export { sidOf } from '../scenarios/engine/identity.ts';
export { mailedToken } from '../scenarios/engine/mailedToken.ts';
export { type Ask, type Scenario, type Setup, type Step, scenario } from '../scenarios/engine/scenario.ts';
export { plantingLink, plantingSite, type SiteHandler } from '../scenarios/engine/sites.ts';
export { type Trace, type TraceEvent, type TraceHeader, traceVersion } from '../scenarios/engine/trace.ts';
export {
  type Answer,
  type Browser,
  type Limits,
  type Person,
  type SendOptions,
  type Sessions,
  type Target,
  type TargetDefinition,
  target,
} from './check/target.ts';
export { type Config, defineConfig } from './cli/defineConfig.ts';
