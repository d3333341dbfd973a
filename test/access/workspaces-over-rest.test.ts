import { describe, expect, it } from 'vitest';
import { fixture, found, tokenKey } from '../support/fixture.ts';
import { openWorld } from '../support/world.ts';
import { cursorsOfTheirs, leaked, rowsOfTheirs, theirCampaign, theirGroup, THEIRS } from './support/theirs.ts';

const world = await openWorld();
const theirCursors = await cursorsOfTheirs(world);
const theirRows = () => rowsOfTheirs(world);

describe('REST', () => {
  const uuid = theirCampaign.uuid;
  const group = theirGroup.uuid;
  const [cursor] = theirCursors;
  const csv = (body: string) => ({ method: 'POST', body, headers: { 'content-type': 'text/csv' } });
  const json = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body) });

  it.each<[what: string, path: string, init: { method?: string; body?: string; headers?: Record<string, string> }]>([
    ['lists', '/campaigns.json', {}],
    ['lists groups', '/groups.json', {}],
    ['names a campaign', `/campaigns.json?uuid=${uuid}`, {}],
    ['names a group of campaigns', `/campaigns.json?group=${group}`, {}],
    ['names a group of campaigns by name', `/campaigns.json?group=${theirGroup.name}`, {}],
    ['names a group', `/groups.json?uuid=${group}`, {}],
    ['names a group by name', `/groups.json?name=${theirGroup.name}`, {}],
    ['continues from their campaign', `/campaigns.json?cursor=after.${cursor}`, {}],
    ['continues before their campaign', `/campaigns.json?cursor=before.${cursor}`, {}],
    ['creates for their group', '/campaigns.json', json({ name: 'By REST', group })],
    ['creates for their group by name', '/campaigns.json', json({ name: 'By REST', group: theirGroup.name })],
    ['updates their campaign', `/campaigns.json?uuid=${uuid}`, json({ name: 'By REST', group: 'Farmers' })],
    ['updates their campaign without a group', `/campaigns.json?uuid=${uuid}`, json({ name: 'By REST' })],
    ['names their group and no name', '/campaigns.json', json({ group })],
    ['takes their campaign’s name and no group', '/campaigns.json', json({ name: theirCampaign.name })],
    ['renames their group to nothing', `/groups.json?uuid=${group}`, json({})],
    ['renames their group', `/groups.json?uuid=${group}`, json({ name: 'By REST' })],
    ['deletes their group', `/groups.json?uuid=${group}`, { method: 'DELETE' }],
    ['gives campaigns as a file', '/campaigns.csv?archived=all', {}],
    ['gives their campaign as a file', `/campaigns.csv?uuid=${uuid}`, {}],
    ['gives the campaigns of their group as a file', `/campaigns.csv?group=${group}`, {}],
    ['searches their campaign', `/campaigns.csv?search=${encodeURIComponent(theirCampaign.name)}`, {}],
    ['previews an import of their campaign', '/campaigns.csv?preview=true', csv(`uuid,name\n${uuid},By REST`)],
    ['imports their campaign', '/campaigns.csv', csv(`uuid,name\n${uuid},By REST`)],
    ['imports for their group', '/campaigns.csv', csv(`name,group\nBy REST,${group}`)],
    ['shows itself', '/', {}],
  ])('shows and changes nothing of another workspace when it %s', async (_what, path, init) => {
    const before = await theirRows();
    const response = await fetch(`${world.url}/api/v2${path}`, {
      ...init,
      headers: {
        authorization: `Token ${tokenKey('admin')}`,
        'content-type': 'application/json',
        ...init.headers,
      },
    });
    const text = await response.text();
    expect(response.status).toBeLessThan(500);
    expect(leaked(text, path + JSON.stringify(init))).toEqual([]);
    expect(response.headers.get('x-temba-workspace')).not.toBe(
      found(fixture.workspaces, ({ id }) => id === THEIRS).uuid,
    );
    expect(await theirRows()).toEqual(before);
  });
});
