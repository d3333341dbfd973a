import { createHash } from 'node:crypto';
import { foldName } from '../encoding/fold.ts';
import { parseUuid } from '../encoding/uuid.ts';
import type { Campaign, CampaignState } from './campaign.ts';
import { groupMissing, notYesOrNo, repeated } from './campaign-errors.ts';
import type { LookupsAt } from './campaign-lookups.ts';
import type { CampaignChange, CampaignLookups, CampaignValues } from './campaign-rules.ts';
import { judgeCreation, judgeFields, judgeUpdate } from './campaign-rules.ts';
import { LoopTurns } from '../waiting/loop-turns.ts';
import { trimName } from './names.ts';
import type { Result, UserError } from './user-error.ts';
import { notFound } from './user-error.ts';

/** A row of a table of campaigns. The cells are texts as people type them; a cell that the table does not have is undefined. */
export interface ImportRow {
  /** The campaign that the row is for. Without it the row is a new campaign. */
  readonly uuid?: string | undefined;
  readonly name?: string | undefined;
  /** The group's UUID or name. */
  readonly group?: string | undefined;
  /** A word for yes or no. */
  readonly archived?: string | undefined;
}

/** What the import does with a row. */
export interface PlannedRow {
  readonly action: 'create' | 'change' | 'keep' | 'refuse';
  /** The UUID in the row; null when the row has none, or when it is not a valid UUID. */
  readonly uuid: string | null;
  /** null when the campaign is new or unknown. */
  readonly before: Campaign | null;
  /** null when the row is refused. */
  readonly after: CampaignState | null;
  readonly errors: readonly UserError[];
}

/** What an import does, row by row. */
export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  readonly counts: Readonly<Record<PlannedRow['action'], number>>;
  /** A SHA-256 in hexadecimal. Plans of the same rows that make the same changes have the same fingerprint. */
  readonly fingerprint: string;
  /** The changes to be written, when no row is refused. */
  readonly changes: readonly CampaignChange[];
}

/** The row as the lookups need it. */
export function listedRow({ uuid, name }: ImportRow): { uuid?: string | undefined; name?: string | undefined } {
  return { uuid: parseUuid(trimName(uuid ?? '')) ?? undefined, name };
}

/**
 * Checks the rows of an import by the rules for single campaigns, as if all their changes were made at the same time. A name or group
 * that the campaign already has is not checked, so that a table can contain an archived campaign that stays as it is. The event loop turns
 * while there are many.
 */
export async function planImport(
  rows: readonly ImportRow[],
  lookupsAt: LookupsAt,
  turns: LoopTurns = new LoopTurns(),
): Promise<ImportPlan> {
  const named = new Set<string>();
  const planned: PlannedRow[] = [];
  const changes: CampaignChange[] = [];
  const counts = { create: 0, change: 0, keep: 0, refuse: 0 };
  const fingerprint = createHash('sha256');
  for (const [place, row] of rows.entries()) {
    await turns.next();
    const { judged, uuid, before } = await judgeRow(row, lookupsAt(place), named);
    const shown = shownRow(judged, uuid, before);
    if ('value' in judged) changes.push(judged.value);
    counts[shown.action]++;
    fingerprint.update(JSON.stringify(factsOf(shown)));
    planned.push(shown);
  }
  return { rows: planned, counts, fingerprint: fingerprint.digest('hex'), changes };
}

interface JudgedRow {
  readonly judged: Result<CampaignChange>;
  readonly uuid: string | null;
  readonly before: Campaign | null;
}

async function judgeRow(row: ImportRow, lookups: CampaignLookups, named: Set<string>): Promise<JudgedRow> {
  const text = trimName(row.uuid ?? '');
  const archived = parseArchived(row.archived);
  const archivedErrors = archived === null ? [notYesOrNo(row.archived ?? '')] : [];
  const group = trimName(row.group ?? '');
  if (text === '') {
    const judged = group
      ? await judgeCreation(lookups, {
          name: row.name ?? '',
          group: { uuidOrName: group },
          archived: archived ?? false,
        })
      : { errors: [...(await judgeFields(lookups, { name: row.name ?? '' })), groupMissing()] };
    return { judged: withErrors(judged, archivedErrors), uuid: null, before: null };
  }
  const uuid = parseUuid(text);
  const before = uuid === null ? null : await lookups.campaign(uuid);
  if (uuid === null || !before) return { judged: { errors: [notFound('campaign', text)] }, uuid, before };
  if (named.has(uuid)) return { judged: { errors: [repeated(uuid)] }, uuid, before };
  named.add(uuid);
  const values: CampaignValues = {
    name: row.name === undefined || trimName(row.name) === before.name ? undefined : row.name,
    group: group === '' || isGroupOf(before, group) ? undefined : { uuidOrName: group },
    archived: archived ?? undefined,
  };
  return { judged: withErrors(await judgeUpdate(lookups, uuid, values), archivedErrors), uuid, before };
}

function withErrors(judged: Result<CampaignChange>, errors: readonly UserError[]): Result<CampaignChange> {
  if (errors.length === 0) return judged;
  return { errors: [...('errors' in judged ? judged.errors : []), ...errors] };
}

/** Whether the text of a cell names the group that the campaign already has. That group may have been deleted. */
function isGroupOf({ group }: Campaign, text: string): boolean {
  return foldName(text) === foldName(group.name) || parseUuid(text) === group.uuid;
}

function shownRow(judged: Result<CampaignChange>, uuid: string | null, before: Campaign | null): PlannedRow {
  if ('errors' in judged) return { action: 'refuse', uuid, before, after: null, errors: judged.errors };
  const { after } = judged.value;
  const action = !before ? 'create' : after === before ? 'keep' : 'change';
  return { action, uuid, before, after, errors: [] };
}

/** What of a row goes into the fingerprint of its plan. */
function factsOf({ action, uuid, before, after, errors }: PlannedRow) {
  return [
    action,
    uuid,
    action === 'change' ? before?.revision : null,
    after && [after.name, after.group.uuid, after.archived],
    errors.map(({ code }) => code),
  ];
}

/** What spreadsheets and people write for true and false. Excel translates TRUE and FALSE when it saves a table. */
const YES = new Set(['yes', 'true', '1', 'vrai', 'oui', 'verdadero', 'verdadeiro', 'sí', 'sim', 'ndiyo', 'نعم']);
const NO = new Set(['no', 'false', '0', 'faux', 'non', 'falso', 'não', 'hapana', 'لا']);

/** Returns undefined when the cell is empty, and null when its text is neither yes nor no. */
function parseArchived(cell: string | undefined): boolean | undefined | null {
  const word = foldName(trimName(cell ?? ''));
  if (word === '') return undefined;
  return YES.has(word) ? true : NO.has(word) ? false : null;
}
