import { WORKSPACE_PREFIX } from './token.ts';

/** A workspace to which the user can switch without signing in again. It is kept like the present token, as long as it. */
export interface KnownWorkspace {
  token: string;
  name: string;
  email: string;
}

/** The workspaces whose tokens this tab has, by name. None until a second one was added. */
export function knownWorkspaces(): KnownWorkspace[] {
  return Object.entries<string>(sessionStorage)
    .filter(([key]) => key.startsWith(WORKSPACE_PREFIX))
    .map(([key, value]) => ({
      token: key.slice(WORKSPACE_PREFIX.length),
      // Only keepWorkspace writes it.
      ...(JSON.parse(value) as Omit<KnownWorkspace, 'token'>),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** Keeps the token of a workspace until the user signs out, or the tab is closed. */
export function keepWorkspace({ token, name, email }: KnownWorkspace): void {
  sessionStorage.setItem(WORKSPACE_PREFIX + token, JSON.stringify({ name, email }));
}
