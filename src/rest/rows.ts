import type { Request } from 'express';
import type { RowsFormat } from '../graphql/execution/operation.ts';
import type { PageInfo } from './page.ts';
import { pageLinks } from './page.ts';
import { rewriteTime } from './time.ts';

/**
 * The form of API v2 for the rows of a list. The operations already use v2's names as aliases, so only these values differ from GraphQL's.
 */
export const ROWS: RowsFormat = {
  key: 'nodes',
  rewriteTime,
  texts: { GroupStatus: (name) => name.toLowerCase() },
};

/** A page of a list: `rows` unchanged, or else each of `nodes` in the form that `show` gives it. */
export function pageBody<Node>(
  request: Request,
  { nodes, pageInfo }: { readonly nodes: readonly Node[]; readonly pageInfo: PageInfo },
  rows: Uint8Array | undefined,
  show: (node: Node) => unknown,
): unknown {
  const links = pageLinks(request, pageInfo);
  if (!rows) return { ...links, results: nodes.map(show) };
  const start = JSON.stringify(links).slice(0, -1);
  return Buffer.concat([Buffer.from(`${start},"results":`), rows, Buffer.from('}')]);
}
