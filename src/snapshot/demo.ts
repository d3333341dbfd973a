import { randomUUID } from 'node:crypto';
import { DAY, HOUR, now } from '../model/time.ts';
import type { Row, Snapshot } from './format.ts';

export const DEMO_WORKSPACE = 'Nyota Health (demo)';
export const DEMO_USER = 'demo@nyota.example';

const GROUPS = [
  { name: 'Expectant mothers', count: 412 },
  { name: 'Parents of under-fives', count: 1_038 },
  { name: 'Community health workers', count: 57 },
  { name: 'People on TB treatment', count: 96 },
  { name: 'Agriculteurs du Nord', count: 230 },
  { name: 'أمهات جدد', count: 148 },
  { name: 'Over 60, Kibera ward', count: 77, query: 'age > 60 AND ward = "Kibera"' },
  { name: 'Nobody yet', count: 0 },
] as const;

const CAMPAIGNS = [
  ['Antenatal visit reminders', 0],
  ['Birth plan: weeks 28 to 36', 0],
  ['Vaccination calendar', 1],
  ['Malaria season: nets and signs', 1],
  ['Nutrition for toddlers', 1],
  ['Weekly report to the clinic', 2],
  ['Refresher course, module 2', 2],
  ['Daily dose check-in', 3],
  ['Six months: you are done!', 3],
  ['Pluies et semis', 4],
  ['Élevage: conseils du mois', 4],
  ['الرضاعة الطبيعية في الأشهر الأولى', 5],
  ['Blood pressure check', 6],
  ['Heat wave warning 2024', 6],
] as const;

const ARCHIVED = new Set(['Heat wave warning 2024']);

/**
 * A small workspace for the demo. It has names in several scripts, a smart group, an archived campaign, and a group
 * without campaigns.
 */
export function demoSnapshot(): Snapshot {
  const start = now() - 90 * DAY;
  const workspace = { id: 1, uuid: randomUUID(), name: DEMO_WORKSPACE };
  const groups: Row<'groups'>[] = GROUPS.map((group, place) => ({
    id: place + 1,
    uuid: randomUUID(),
    workspace_id: workspace.id,
    name: group.name,
    kind: 'query' in group ? 'smart' : 'manual',
    is_system: 0,
    query: 'query' in group ? group.query : null,
    status: 'ready',
    count: group.count,
    is_active: 1,
    created_on: start + place * HOUR,
  }));
  groups.push({
    id: groups.length + 1,
    uuid: randomUUID(),
    workspace_id: workspace.id,
    name: 'Open Tickets',
    kind: 'smart',
    is_system: 1,
    query: 'tickets > 0',
    status: 'ready',
    count: 3,
    is_active: 1,
    created_on: start - HOUR,
  });
  const campaigns: Row<'campaigns'>[] = CAMPAIGNS.map(([name, group], place) => {
    const created = start + (place + 1) * 131 * HOUR;
    return {
      id: place + 1,
      uuid: randomUUID(),
      workspace_id: workspace.id,
      group_id: group + 1,
      name,
      is_archived: ARCHIVED.has(name) ? 1 : 0,
      is_active: 1,
      created_on: created,
      modified_on: created,
    };
  });
  return {
    workspaces: [workspace],
    users: [{ id: 1, email: DEMO_USER, is_active: 1 }],
    memberships: [{ workspace_id: 1, user_id: 1, role: 'administrator', uuid: randomUUID(), created_on: start }],
    tokens: [],
    groups,
    campaigns,
  };
}
