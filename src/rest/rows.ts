import type { Request } from 'express';
import type { RowsFormat } from '../graphql/execution/operation.ts';
import type { PageInfo } from './page.ts';
import { pageLinks } from './page.ts';
import { rewriteTime } from './time.ts';

/**
 * v2's form of a list's rows. The operations give the fields v2's names, so that only these texts differ from GraphQL's.
 */
export const ROWS: RowsFormat = {
  key: 'nodes',
  rewriteTime,
  texts: { GroupStatus: (name) => name.toLowerCase() },
};

/** A page of a list: `rows` as they are, or each of `nodes` as `show` shows it. */
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
