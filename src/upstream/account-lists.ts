import type { Micros, UpstreamState } from '../database/tables.ts';
import { ListPages } from './list-pages.ts';
import type { ListName, Progress } from './progress.ts';

/** Groups come first, because campaigns refer to them. */
export const LISTS: readonly ListName[] = ['groups', 'campaigns'];

/** What a follower knows of the lists of an account, from head polls and from sweeps. */
export class AccountLists {
  /** Whether the first page is the whole list. null: that is not known yet. */
  readonly isShort: Record<ListName, boolean | null> = { groups: null, campaigns: null };
  /** The mirror has all changes of a list that were made before this time. null: the list was never read completely. */
  readonly complete: Record<ListName, Micros | null> = { groups: null, campaigns: null };
  /** The lists from which too much has disappeared to be believed, and how much that is, such as `12 of 40 groups`. */
  readonly paused = new Map<ListName, string>();
  /** The lists of which a person has confirmed that what disappeared is gone. */
  readonly accepted = new Set<ListName>();
  #pages = { groups: new ListPages(), campaigns: new ListPages() };

  /** Goes on where another follower, or an earlier start, has stopped. */
  takeOver({ acceptedLists, paused }: Pick<Progress, 'acceptedLists' | 'paused'>, complete: Micros | null): void {
    this.accepted.clear();
    for (const list of acceptedLists) this.accepted.add(list);
    this.paused.clear();
    for (const list of LISTS) {
      this.complete[list] = complete;
      if (paused[list] !== undefined) this.paused.set(list, paused[list]);
    }
    this.forgetPages();
  }

  /** The pages of a list, as sweeps have read them. */
  pagesOf(list: ListName): ListPages {
    return this.#pages[list];
  }

  /** Forgets all pages, so that the next sweeps read each of them again. */
  forgetPages(): void {
    this.#pages = { groups: new ListPages(), campaigns: new ListPages() };
  }

  get isCatchingUp(): boolean {
    return LISTS.some((list) => this.complete[list] === null);
  }

  /** Whether the first pages of both lists are all there is. */
  get isAllShort(): boolean {
    return LISTS.every((list) => this.isShort[list] === true);
  }

  /** The mirror has all changes that were made before this time; null while a list was never read completely. */
  get completeAsOf(): Micros | null {
    const { groups, campaigns } = this.complete;
    return groups === null || campaigns === null ? null : Math.min(groups, campaigns);
  }

  /** The state of a follower whose account answers. */
  get state(): { readonly state: UpstreamState; readonly problem: string | null } {
    const problem = this.paused.size > 0 ? tooMuch([...this.paused.values()]) : null;
    return { state: problem !== null ? 'paused' : this.isCatchingUp ? 'catching-up' : 'following', problem };
  }
}

function tooMuch(disappeared: readonly string[]): string {
  return (
    `${disappeared.join(' and ')} have disappeared from the account at once. Nothing is changed here until they are back, or ` +
    'until "campaigns upstream accept" confirms that they are gone.'
  );
}
