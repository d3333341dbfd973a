import type { Database, WorkspaceWrite } from '../database/database.ts';
import type { Micros, UpstreamState, WorkspaceId } from '../database/tables.ts';
import type { Fate, MirroredCampaign } from '../model/mirror-campaigns.ts';
import type { MirroredGroup } from '../model/mirror-groups.ts';
import { mirroredUuids } from '../model/mirror.ts';
import type { FollowerState, HeldUpstream } from '../model/upstream.ts';
import { countWrites, holdUpstream, pendingSince, writeFollower } from '../model/upstream.ts';
import { newUuid } from '../model/uuid.ts';
import type { AccountClient, Failure } from './account-client.ts';
import type { AccountPage } from './answers.ts';
import type { Applied, ApplyParts } from './apply.ts';
import { applyCampaigns, applyGroups } from './apply.ts';
import { Asking, RequestFailed } from './asking.ts';
import { RequestBudget } from './budget.ts';
import type { ListName, Progress } from './progress.ts';
import { parseProgress } from './progress.ts';
import {
  disappearanceGuard,
  headInterval,
  HOUR,
  MINUTE,
  REFUSED_RETRY,
  retryDelay,
  SECOND,
  sweepInterval,
} from './schedule.ts';
import { ListPages, Sweep } from './sweep.ts';

/** For how long a follower holds an account. It is longer than the requests of a step take. */
const HOLD: Micros = 3 * MINUTE;

/** How often a follower looks whether it can take over an account that another one holds. */
const LOOK: Micros = 10 * SECOND;

/** How often the numbers of contacts of groups are written. They move all the time, and each difference is a change of the feed. */
const COUNTS: Micros = 15 * MINUTE;

/** An account that has failed this often in a row is away. One failure alone is not worth an alarm. */
const AWAY = 2;

/** Sweeps leave these requests of the share to head polls, which are more urgent. */
const KEPT_FOR_HEADS = 4;

/** How many campaigns that are missing for the first time are asked about, at a request each. */
const MAX_CONFIRMED = 10;

/** How many rows with one time of creation are kept in memory until the next page comes. */
const MAX_CARRIED = 5_000;

const LISTS: readonly ListName[] = ['groups', 'campaigns'];

/** What is told of a follower. */
export interface FollowerEvents {
  /** Differences were written. */
  changed(workspace: WorkspaceId, list: ListName, changes: number): void;
  failed(workspace: WorkspaceId, failure: Failure, retryIn: Micros): void;
  /** The state is another one. */
  became(workspace: WorkspaceId, state: UpstreamState, problem: string | null): void;
}

export interface FollowerParts {
  readonly database: Pick<Database, 'reader' | 'write'>;
  /** Requests an hour. */
  readonly share: number;
  readonly clock: () => Micros;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly events: FollowerEvents;
}

/** Another follower has taken the account over. */
class HoldLost extends Error {}

/**
 * Keeps one workspace up to date with its account, step by step: whoever runs it calls `step` again at the time that it returns. A
 * step is a head poll (the first page of both lists) or a page of a sweep. The lists show no times of changes, and what is archived or
 * deleted is just not in them any more, so that only whole lists and a comparison are right.
 */
export class Follower {
  readonly #parts: FollowerParts;
  readonly #workspace: WorkspaceId;
  readonly #holder = newUuid();
  readonly #client: AccountClient;
  #budget: RequestBudget;
  #asking: Asking;
  #held: HeldUpstream | null = null;
  /** What this follower has written last. Where the database has another text, someone else has written. */
  #written: string | null = null;
  #accepted = false;
  #sweep: Sweep | null = null;
  /** The list that the last sweep was of. */
  #swept: ListName = 'campaigns';
  #pages = { groups: new ListPages(), campaigns: new ListPages() };
  /** What the last complete sweep has missed. */
  #missing: Record<ListName, ReadonlySet<string>> = { groups: new Set(), campaigns: new Set() };
  /** Whether the first page is the whole list. null: that is not known yet. */
  #isShort: Record<ListName, boolean | null> = { groups: null, campaigns: null };
  /** Since when all of a list is known. */
  #complete: Record<ListName, Micros | null> = { groups: null, campaigns: null };
  /** The list whose disappearances are too many to be believed. */
  #paused = new Map<ListName, string>();
  #state: UpstreamState = 'catching-up';
  #headOn: Micros = 0;
  #sweepOn: Micros = 0;
  /** When the numbers of contacts are written again. */
  #countsOn = { heads: 0, sweep: 0 };

  constructor(parts: FollowerParts, workspace: WorkspaceId, client: AccountClient) {
    this.#parts = parts;
    this.#workspace = workspace;
    this.#client = client;
    this.#budget = new RequestBudget(parts.share);
    this.#asking = new Asking(client, this.#budget, parts.clock);
  }

  /** Does what is due. Returns when the next step is due. Rejects when the database does. */
  async step(): Promise<Micros> {
    const { database, clock } = this.#parts;
    const time = clock();
    this.#held = await holdUpstream(database, this.#workspace, {
      holder: this.#holder,
      time,
      until: time + HOLD,
    });
    if (!this.#held) return time + LOOK;
    if (this.#held.progress !== this.#written) this.#takeOver(this.#held);
    if (this.#held.upstream.retryOn > time) return this.#held.upstream.retryOn;
    try {
      return await this.#due(time);
    } catch (error) {
      if (error instanceof HoldLost) return clock() + LOOK;
      if (error instanceof RequestFailed) return this.#fail(error.failure);
      throw error;
    }
  }

  /** Frees the account, so that another follower need not wait. */
  async stop(): Promise<void> {
    if (!this.#held) return;
    const time = this.#parts.clock();
    await this.#parts.database.write(this.#workspace, (write) => writeFollower(write, this.#mine(), time, time, {}));
  }

  /** Goes on where another follower, or an earlier start, has stopped. What must have been seen in one go is begun anew. */
  #takeOver({ progress, upstream }: HeldUpstream): void {
    const { sweep, spent, accepted, paused } = parseProgress(progress);
    this.#written = progress;
    this.#accepted = accepted;
    this.#budget = new RequestBudget(this.#parts.share, spent);
    this.#asking = new Asking(this.#client, this.#budget, this.#parts.clock);
    this.#sweep = sweep && new Sweep(sweep.list, this.#parts.clock(), sweep.cursor, false);
    this.#pages = { groups: new ListPages(), campaigns: new ListPages() };
    this.#pages[this.#sweep?.list ?? 'groups'].begin();
    this.#complete = { groups: upstream.completeAsOf, campaigns: upstream.completeAsOf };
    this.#state = upstream.state;
    this.#paused = new Map(LISTS.flatMap((list) => (paused[list] === undefined ? [] : [[list, paused[list]]])));
  }

  get #isCatchingUp(): boolean {
    return LISTS.some((list) => this.#complete[list] === null);
  }

  /** Whether the first pages of both lists are all there is. */
  get #isAllShort(): boolean {
    return LISTS.every((list) => this.#isShort[list] === true);
  }

  async #due(time: Micros): Promise<Micros> {
    const catchingUp = this.#isCatchingUp;
    if (!catchingUp && this.#headOn <= time) {
      if (!this.#budget.allows(time, LISTS.length - 1)) {
        this.#headOn = this.#budget.nextAllowed(time, LISTS.length - 1);
      } else {
        await this.#pollHeads();
        this.#headOn = time + headInterval(this.#parts.share, LISTS.length, this.#isAllShort);
      }
    } else if (this.#needsSweep && this.#sweepOn <= time) {
      if (!this.#budget.allows(time, KEPT_FOR_HEADS)) {
        this.#sweepOn = this.#budget.nextAllowed(time, KEPT_FOR_HEADS);
      } else {
        this.#asking.takeRequests();
        await this.#sweepPage();
        const heads = (LISTS.length * HOUR) / headInterval(this.#parts.share, LISTS.length, false);
        const interval = sweepInterval(this.#parts.share, heads, this.#budget.writes);
        // The first sweep may take the share at once, because nothing can be read before.
        this.#sweepOn =
          this.#isCatchingUp && this.#paused.size === 0
            ? time
            : time + interval * Math.max(1, this.#asking.takeRequests());
      }
    }
    if (this.#isCatchingUp) return this.#sweepOn;
    return this.#needsSweep ? Math.min(this.#headOn, this.#sweepOn) : this.#headOn;
  }

  /** Whether a list must be read beyond what head polls read. */
  get #needsSweep(): boolean {
    return this.#isCatchingUp || this.#sweep !== null || LISTS.some((list) => this.#isShort[list] === false);
  }

  /** Reads the first page of both lists, and goes on while a whole page is new. Groups come first, because campaigns refer to them. */
  async #pollHeads(): Promise<void> {
    const { clock } = this.#parts;
    const counts = this.#countsDue('heads');
    for (const list of LISTS) {
      let cursor: string | null = null;
      let newer: string | null = null;
      do {
        const asked = clock();
        const page: ListPage = await this.#read(list, cursor);
        for (const { uuid } of page.rows) if (this.#sweep?.list === list) this.#sweep.seen.add(uuid);
        if (cursor === null) this.#isShort[list] = page.next === null;
        const { created } = await this.#apply(page, newer, asked, counts);
        if (cursor === null && page.next === null) {
          if (this.#sweep?.list === list) this.#sweep = null;
          await this.#conclude(list, new Set(page.rows.map(({ uuid }) => uuid)), asked, asked);
        }
        cursor = created === page.rows.length ? page.next : null;
        newer = page.rows.at(-1)?.uuid ?? null;
      } while (cursor !== null && this.#budget.allows(clock()));
    }
  }

  /** Reads the next page of the sweep that is due, after those that need not be read. */
  async #sweepPage(): Promise<void> {
    const { clock } = this.#parts;
    const sweep = (this.#sweep ??= this.#beginSweep());
    const pages = this.#pages[sweep.list];
    for (let page = pages.skipped(sweep.cursor); page; page = pages.skipped(sweep.cursor)) {
      for (const uuid of page.uuids) sweep.seen.add(uuid);
      sweep.last = page.uuids.at(-1) ?? sweep.last;
      await this.#applyCarried(sweep);
      if (page.next === null) return this.#endSweep(sweep);
      sweep.cursor = page.next;
      sweep.resume = page.next;
    }
    const asked = clock();
    const page: ListPage = await this.#read(sweep.list, sweep.cursor);
    const next = pages.read(sweep.cursor, page, asked);
    for (const { uuid } of page.rows) sweep.seen.add(uuid);
    if (page.list === 'groups') {
      sweep.resume = sweep.cursor;
      await this.#apply(page, sweep.last, asked, sweep.counts);
      sweep.last = page.rows.at(-1)?.uuid ?? sweep.last;
    } else {
      await this.#applySwept(sweep, page, asked);
    }
    sweep.cursor = next;
    if (next === null) await this.#endSweep(sweep);
  }

  /**
   * Applies a page of campaigns but for the last ones that have the same time of creation: the next page may have more of them, and
   * they are written oldest first, so that the order of equal times is that of the account.
   */
  async #applySwept(sweep: Sweep, page: ListPage & { list: 'campaigns' }, asked: Micros): Promise<void> {
    const read = new Set(page.rows.map(({ uuid }) => uuid));
    const rows = [...sweep.carried.filter(({ uuid }) => !read.has(uuid)), ...page.rows];
    const last = rows.at(-1)?.createdOn;
    const isEnd = page.next === null || rows.length > MAX_CARRIED;
    const place = isEnd
      ? rows.length
      : Math.max(
          0,
          rows.findIndex(({ createdOn }) => createdOn === last),
        );
    // What is carried is of this page alone then.
    if (place > 0) sweep.resume = sweep.cursor;
    await this.#apply({ ...page, rows: rows.slice(0, place) }, null, asked);
    sweep.carried = rows.slice(place);
  }

  async #applyCarried(sweep: Sweep): Promise<void> {
    if (sweep.carried.length === 0) return;
    await this.#apply({ list: 'campaigns', rows: sweep.carried, next: null, digest: '' }, null, sweep.started);
    sweep.carried = [];
  }

  /** A list whose head is all of it is swept by head polls. */
  #beginSweep(): Sweep {
    const other: ListName = this.#swept === 'groups' ? 'campaigns' : 'groups';
    const list = this.#isCatchingUp
      ? this.#complete.groups === null
        ? 'groups'
        : 'campaigns'
      : this.#isShort[other] === false
        ? other
        : this.#swept;
    this.#pages[list].begin();
    return new Sweep(list, this.#parts.clock(), null, list === 'groups' && this.#countsDue('sweep'));
  }

  async #endSweep(sweep: Sweep): Promise<void> {
    await this.#applyCarried(sweep);
    this.#sweep = null;
    this.#swept = sweep.list;
    const since = this.#pages[sweep.list].end();
    if (sweep.isWhole) await this.#conclude(sweep.list, sweep.seen, sweep.started, since);
    else await this.#save();
  }

  /**
   * A list was read to its end without an error. What the mirror has and the list has not is gone: if that was so in the sweep before as
   * well, or the account says so. Too much at once is not believed.
   */
  async #conclude(list: ListName, seen: ReadonlySet<string>, started: Micros, since: Micros): Promise<void> {
    const { database } = this.#parts;
    const mirrored = await mirroredUuids(database.reader, this.#workspace, list);
    const pending = await pendingSince(database.reader, this.#workspace, started);
    const missing = mirrored.filter((uuid) => !seen.has(uuid) && !pending.has(uuid));
    const isTooMuch = missing.length > disappearanceGuard(mirrored.length);
    if (isTooMuch && !this.#accepted) {
      this.#paused.set(list, tooMuch(list, missing.length, mirrored.length));
      this.#missing[list] = new Set(missing);
      await this.#save();
      return;
    }
    const wasPaused = this.#paused.delete(list);
    if (wasPaused && !isTooMuch) this.#accepted = false;
    // What was read meanwhile was not applied, and must be read again.
    if (wasPaused) this.#pages = { groups: new ListPages(), campaigns: new ListPages() };
    const twice = missing.filter((uuid) => this.#missing[list].has(uuid));
    if (this.#paused.size === 0) {
      if (list === 'groups' && twice.length > 0) await this.#leaveGroups(twice, started);
      if (list === 'campaigns' && missing.length > 0) await this.#leaveCampaigns(missing, twice, started);
      if (isTooMuch && twice.length === missing.length) this.#accepted = false;
    }
    this.#missing[list] = new Set(missing);
    if (!wasPaused && this.#paused.size === 0) this.#complete[list] = since;
    await this.#save();
  }

  async #leaveGroups(deleted: readonly string[], asked: Micros): Promise<void> {
    const applied = await applyGroups(this.#applying(), { rows: [], newer: null, counts: false, deleted, asked });
    this.#tell('groups', applied);
  }

  /**
   * A campaign that is missing for the second time is archived or deleted, as the account says. Few that are missing for the first time
   * are asked about one by one, since a campaign may have been restored after its page was read. An archived one is then known at once;
   * a deleted one is not, because servers behind the account may differ.
   */
  async #leaveCampaigns(missing: readonly string[], twice: readonly string[], asked: Micros): Promise<void> {
    const confirmed: string[] = [];
    const once = missing.filter((uuid) => !twice.includes(uuid));
    if (once.length <= MAX_CONFIRMED) {
      for (const uuid of once)
        if ((await this.#asking.ask((client) => client.campaign(uuid))) === null) confirmed.push(uuid);
    }
    const defined = await this.#asking.defined([...twice, ...confirmed]);
    const gone = new Map<string, Fate>(twice.map((uuid) => [uuid, defined === null ? 'archived' : 'deleted']));
    for (const uuid of defined ?? []) gone.set(uuid, 'archived');
    if (gone.size > 0) this.#tell('campaigns', await applyCampaigns(this.#applying(), { rows: [], gone, asked }));
  }

  async #read(list: ListName, cursor: string | null): Promise<ListPage> {
    if (list === 'groups') return { list, ...(await this.#asking.ask((client) => client.groups(cursor))) };
    return { list, ...(await this.#asking.ask((client) => client.campaigns(cursor))) };
  }

  /** Writes what differs, and the progress with it. While the account's disappearances are not believed, nothing else is either. */
  async #apply(page: ListPage, newer: string | null, asked: Micros, counts = false): Promise<Applied> {
    if (this.#paused.size > 0) {
      await this.#save();
      return { changed: 0, created: 0 };
    }
    const applied =
      page.list === 'groups'
        ? await applyGroups(this.#applying(), { rows: page.rows, newer, counts, deleted: [], asked })
        : await applyCampaigns(this.#applying(), { rows: page.rows, gone: new Map(), asked });
    this.#tell(page.list, applied);
    return applied;
  }

  /** Whether head polls, or a sweep that begins, write the numbers of contacts. */
  #countsDue(of: 'heads' | 'sweep'): boolean {
    const time = this.#parts.clock();
    if (time < this.#countsOn[of]) return false;
    this.#countsOn[of] = time + COUNTS;
    return true;
  }

  #applying(): ApplyParts {
    const { database } = this.#parts;
    const alongside = async (write: WorkspaceWrite): Promise<void> => {
      if (!(await this.#writeState(write))) throw new HoldLost();
    };
    return { database, workspace: this.#workspace, asking: this.#asking, alongside };
  }

  #tell(list: ListName, { changed }: Applied): void {
    if (changed > 0) this.#parts.events.changed(this.#workspace, list, changed);
  }

  async #save(): Promise<void> {
    const isHeld = await this.#parts.database.write(this.#workspace, (write) => this.#writeState(write));
    if (!isHeld) throw new HoldLost();
  }

  /** Writes that the account has answered, and how far the follower is. */
  async #writeState(write: WorkspaceWrite, failed: FollowerState = {}): Promise<boolean> {
    const time = this.#parts.clock();
    this.#budget.setWrites(await countWrites(write, this.#workspace, time));
    const progress: Progress = {
      sweep: this.#sweep && { list: this.#sweep.list, cursor: this.#sweep.resume },
      spent: this.#budget.spent(time),
      accepted: this.#accepted,
      paused: Object.fromEntries(this.#paused),
    };
    const text = JSON.stringify(progress);
    const [problem = null] = this.#paused.values();
    const state = problem !== null ? 'paused' : this.#isCatchingUp ? 'catching-up' : 'following';
    const { groups, campaigns } = this.#complete;
    const written = {
      state,
      problem,
      retryOn: 0,
      failures: 0,
      ...(this.#asking.lastAnswer !== null && { lastContactOn: this.#asking.lastAnswer }),
      ...(groups !== null && campaigns !== null && { completeAsOf: Math.min(groups, campaigns) }),
      requestsAllowed: this.#budget.share,
      requestsMade: this.#budget.made(time),
      progress: text,
      ...failed,
    } satisfies FollowerState;
    const isHeld = await writeFollower(write, this.#mine(), time, time + HOLD, written);
    if (!isHeld) return false;
    this.#written = text;
    this.#become(written.state, written.problem);
    return true;
  }

  #become(state: UpstreamState, problem: string | null): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#parts.events.became(this.#workspace, state, problem);
  }

  #mine(): Pick<HeldUpstream, 'workspace' | 'holder'> {
    return { workspace: this.#workspace, holder: this.#holder };
  }

  /** Notes a failed request. Returns when the next one may be made. */
  async #fail(failure: Failure): Promise<Micros> {
    const { clock, random, database, events } = this.#parts;
    const time = clock();
    const failures = (this.#held?.failures ?? 0) + 1;
    if (this.#sweep) {
      if (failure.kind !== 'rate-limited') this.#sweep.isWhole = false;
      // What was read before may be outdated by the time that the account answers again.
      this.#sweep.carried = [];
      this.#sweep.cursor = this.#sweep.resume;
    }
    // The cursor may be the reason.
    if (failure.kind === 'refused') this.#sweep = null;
    const delay =
      failure.kind === 'rate-limited'
        ? failure.retryAfter * SECOND
        : failure.kind === 'unauthorised'
          ? REFUSED_RETRY
          : retryDelay(failures, random());
    const state: FollowerState = {
      retryOn: time + delay,
      ...(failure.kind === 'rate-limited'
        ? { problem: 'The account allows no more requests at present.' }
        : failure.kind === 'unauthorised'
          ? { state: 'refused', problem: 'The account refuses the token of the server.' }
          : {
              failures,
              problem: failureReason(failure),
              ...(failures >= AWAY ? { state: 'away' } : { state: this.#state }),
            }),
    };
    const isHeld = await database.write(this.#workspace, (write) => this.#writeState(write, state));
    if (!isHeld) return time + LOOK;
    events.failed(this.#workspace, failure, delay);
    return time + delay;
  }
}

type ListPage =
  | ({ readonly list: 'groups' } & AccountPage<MirroredGroup>)
  | ({ readonly list: 'campaigns' } & AccountPage<MirroredCampaign>);

function failureReason(failure: Failure): string {
  if (failure.kind === 'refused') return `The account answered ${failure.status}.`;
  return 'reason' in failure ? failure.reason : '';
}

function tooMuch(list: ListName, missing: number, mirrored: number): string {
  return (
    `${missing} of ${mirrored} ${list} have disappeared from the account at once. Nothing is changed here until they are back, or ` +
    'until "campaigns upstream accept" says that this is right.'
  );
}
