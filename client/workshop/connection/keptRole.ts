/** The roles that this page has in a workshop, kept in the browser. A role of one kind does not replace one of another. */
import { create } from 'zustand';
import type { WorkshopRole } from '../../../scenarios/engine/workshop.ts';
import { roleKey, roleStorage } from '../../ui/roleStorage.ts';

export interface KeptRole {
  role: WorkshopRole;
  token: string;
  /** The code or the key that it was entered with. */
  enteredWith: string;
}

type Kept = Partial<Record<WorkshopRole, KeptRole>>;

const roles: readonly WorkshopRole[] = ['driver', 'remote', 'screen', 'participant'];

/** The roles that are kept. A page has at most one of each kind. */
export const useKeptRoles = create<Kept>(() => Object.fromEntries(roles.flatMap((role) => read(role) ?? [])));

export function keepRole(kept: KeptRole): void {
  roleStorage(kept.role).setItem(roleKey(kept.role), JSON.stringify(kept));
  useKeptRoles.setState({ [kept.role]: kept });
}

export function dropRole(role: WorkshopRole): void {
  roleStorage(role).removeItem(roleKey(role));
  const { [role]: _, ...others } = useKeptRoles.getState();
  useKeptRoles.setState(others, true);
}

function read(role: WorkshopRole): [[WorkshopRole, KeptRole]] | null {
  const kept = parseKept(roleStorage(role).getItem(roleKey(role)), role);
  return kept && [[role, kept]];
}

/** Returns what `keepRole` has written; null for anything else, such as what another version of the page has written. Pure. */
export function parseKept(text: string | null, role: WorkshopRole): KeptRole | null {
  try {
    const { token, enteredWith } = JSON.parse(text ?? 'null') ?? {};
    return typeof token === 'string' && typeof enteredWith === 'string' ? { role, token, enteredWith } : null;
  } catch {
    return null;
  }
}
