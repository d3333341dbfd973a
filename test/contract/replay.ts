import { randomBytes } from 'node:crypto';
import { fixture } from '../support/fixture.ts';
import type { Case, Expectation, Step } from './case.ts';
import { match } from './matchers.ts';
import { Mismatch, short } from './mismatch.ts';
import type { Names } from './placeholders.ts';
import { fill } from './placeholders.ts';
import type { Reply, WireRequest } from './wire.ts';
import { headerBytes, send } from './wire.ts';

export type OnReply = (request: WireRequest, reply: Reply) => void;

/** The initial placeholders of a run. Some contain a random part, so that names of different runs do not collide. */
export function startingNames(base: string): Names {
  const run = randomBytes(4).toString('hex');
  const emails = new Map(fixture.users.map(({ id, email }) => [id, email]));
  return {
    base,
    run,
    digits: String(Number.parseInt(run, 16)),
    ...Object.fromEntries(
      fixture.tokens.flatMap(({ name, key = '', user_id }) => [
        [`token.${name}`, key],
        [`email.${name}`, emails.get(user_id) ?? ''],
      ]),
    ),
  };
}

/** Sends the requests of a case. Throws a Mismatch at the first reply that differs from the expectation. */
export async function replay(subject: Case, base: string, known: Names, onReply: OnReply): Promise<void> {
  let names = known;
  const steps = 'steps' in subject ? subject.steps : [subject];
  for (const [n, step] of steps.entries()) {
    for (let i = 0; i < (step.repeat ?? 1); i++) {
      names = { ...names, i: String(i) };
      const request = requestOf(step, names);
      const reply = await send(base, request);
      onReply(request, reply);
      try {
        checkAny(fill(step.expect, names), reply, base + request.path);
        names = { ...names, ...captured(step, reply) };
      } catch (error) {
        throw error instanceof Mismatch ? new Mismatch(`step ${n + 1}: ${error.message}`) : error;
      }
    }
  }
}

function requestOf(step: Step, names: Names): WireRequest {
  const target = fill(step.path, names);
  const whole = /^https?:\/\//.test(target) ? new URL(target) : null;
  const body =
    step.body_base64 !== undefined
      ? Buffer.from(step.body_base64, 'base64')
      : step.body !== undefined
        ? Buffer.from(fill(step.body, names))
        : undefined;
  const method = step.method ?? 'GET';
  const headers = Object.entries(fill(step.headers ?? {}, names)).map(([name, value]) => [name, headerBytes(value)]);
  const sized = body !== undefined || ['POST', 'PUT', 'PATCH'].includes(method);
  return {
    method,
    path: whole ? whole.pathname + whole.search : target,
    headers: { ...Object.fromEntries(headers), ...(sized && { 'Content-Length': body?.length ?? 0 }) },
    body,
  };
}

function checkAny(expected: Expectation | readonly Expectation[], reply: Reply, url: string): void {
  const problems: string[] = [];
  for (const expectation of [expected].flat()) {
    try {
      check(expectation, reply, url);
      return;
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      problems.push(error.message);
    }
  }
  throw new Mismatch(problems.join(' | or '));
}

function check(expected: Expectation, reply: Reply, url: string): void {
  const { status, headers = {}, empty = false } = expected;
  const fits =
    status === '$avoid500' ? reply.status >= 400 && reply.status < 500 : [status].flat().includes(reply.status);
  if (!fits) throw new Mismatch(`status: wanted ${short(status)}, got ${reply.status}: ${short(String(reply.body))}`);

  for (const [name, wanted] of Object.entries(headers)) {
    const value = reply.headers.get(name.toLowerCase());
    const mediaType = name.toLowerCase() === 'content-type' && typeof wanted === 'string';
    const got = mediaType ? value?.split(';')[0]?.trim().toLowerCase() : value;
    if (wanted !== null) match(wanted, got, url, `header ${name}`);
    else if (got !== undefined) throw new Mismatch(`header ${name}: should not be there, is ${short(got)}`);
  }
  if (empty && reply.body.length > 0) throw new Mismatch(`body: should be empty, is ${short(String(reply.body))}`);
  if ('json' in expected) match(expected.json, json(reply), url);
}

function captured({ capture = {} }: Step, reply: Reply): Names {
  return Object.fromEntries(Object.entries(capture).map(([name, spot]) => [name, pick(json(reply), spot)]));
}

function pick(value: unknown, spot: string): string {
  const found = spot.split('.').reduce<unknown>((place, name) => Object(place)[name], value);
  if (found === undefined || found === null) throw new Mismatch(`body: has no ${spot} to keep`);
  return typeof found === 'string' ? found : JSON.stringify(found);
}

function json({ body }: Reply): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Mismatch(`body: not JSON: ${short(String(body))}`);
  }
}
