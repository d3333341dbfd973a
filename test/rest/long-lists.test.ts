import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it } from 'vitest';
import { sendJsonList } from '../../src/rest/json-response.ts';
import { LoopTurns } from '../../src/waiting/loop-turns.ts';
import { afterwards } from '../support/afterwards.ts';

/** Counts how often the event loop may turn. */
class CountedTurns extends LoopTurns {
  count = 0;

  override next(): Promise<void> {
    this.count += 1;
    return super.next();
  }
}

it.each([0, 4])('the event loop can turn while a long list is written with an indent of %i', async (indent) => {
  const items = Array.from({ length: 100 }, (_, place) => ({ place, text: 'two\nlines', '0': [] }));
  const turns = new CountedTurns();
  const list = { members: { imported: false, names: ['a'] }, name: 'rows', items };
  const server = express()
    .get('/', (_request, response) => sendJsonList(response, 200, list, turns))
    .listen(0, '127.0.0.1');
  afterwards(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { accept: `application/json; indent=${indent}` },
  });
  expect(await response.text()).toBe(JSON.stringify({ ...list.members, rows: items }, null, indent));
  expect(turns.count).toBe(items.length);
});
