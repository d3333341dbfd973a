import type { Members } from './body.ts';
import type { Exchange, Reply } from './endpoint.ts';
import { readMembers } from './endpoint.ts';
import type { UserErrorCode } from './generated/operations.ts';
import { notUuid } from './parameters.ts';
import { RestRefusal } from './refusal.ts';

/** What the model has against a write. */
export interface WriteError {
  readonly field: readonly string[] | null;
  readonly code: UserErrorCode;
  readonly character: string | null;
}

/** What became of a mutation. */
export interface Written<Node> {
  readonly node: Node | null | undefined;
  readonly errors: readonly WriteError[];
}

/** How an endpoint's objects are written. */
export interface Writing<Node> {
  /** Creates an object of a body's members. */
  create(exchange: Exchange, members: Members): Promise<Written<Node>>;
  /** Updates the object of this UUID; null when the text is none. */
  update(exchange: Exchange, uuid: string, members: Members): Promise<Written<Node> | null>;
  /** Refuses what no other body could put right. */
  refuseWhole(errors: readonly WriteError[]): void;
  /** What is wrong with each of the members. */
  problems(members: Members, errors: readonly WriteError[]): Record<string, string[]>;
  show(node: Node): unknown;
}

/**
 * A POST: creates an object, or updates the one that `uuid` names. The contract's order of what is told: the parameter,
 * an object that is not there or cannot be changed, the body as a whole, and at last all of its members at once.
 */
export async function write<Node>(exchange: Exchange, writing: Writing<Node>): Promise<Reply> {
  const uuid = exchange.parameters.uuid();
  const { members, refusal } = await readMembers(exchange);
  if (refusal && uuid === undefined) throw refusal;
  const written =
    uuid === undefined ? await writing.create(exchange, members) : await writing.update(exchange, uuid, members);
  if (!written) throw notUuid(uuid);
  writing.refuseWhole(written.errors);
  if (refusal) throw refusal;
  if (!written.node) throw new RestRefusal(400, writing.problems(members, written.errors));
  return { status: uuid === undefined ? 201 : 200, body: writing.show(written.node) };
}
