import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { SpanOptions } from '@opentelemetry/api';

const tracer = trace.getTracer('campaigns-gateway');

/**
 * Runs a statement in a span that follows OpenTelemetry's semantic conventions for databases. The span has the statement's text
 * with placeholders, and never their values. There is a span only within a traced request. Otherwise this costs about
 * 0.02 microseconds.
 * @param system The engine, as the conventions call it.
 * @param name What the span is called. null: the statement's first word.
 */
export function tracedStatement<Result>(
  system: string,
  name: string | null,
  text: string,
  run: () => Promise<Result>,
): Promise<Result> {
  if (!traced()) return run();
  const attributes = { 'db.system.name': system, 'db.query.text': text };
  return inSpan(name ?? firstWord(text), { kind: SpanKind.CLIENT, attributes }, run);
}

/** Runs a write in a span, which lasts until the write is on the disk. Its statements are spans within it. */
export function tracedWrite<Result>(run: () => Promise<Result>): Promise<Result> {
  return traced() ? inSpan('write', {}, run) : run();
}

/** Returns `work` bound to the trace of this function's caller. It keeps this trace when other code runs it later. */
export function inTraceOfCaller<Work extends (...args: never[]) => unknown>(work: Work): Work {
  return context.bind(context.active(), work);
}

/** Runs work outside of all traces, because it is done for many callers together. */
export function outsideTraces<Result>(work: () => Result): Result {
  return context.with(ROOT_CONTEXT, work);
}

function traced(): boolean {
  return trace.getActiveSpan()?.isRecording() === true;
}

function firstWord(text: string): string {
  return /^\w+/.exec(text)?.[0] ?? 'statement';
}

function inSpan<Result>(name: string, options: SpanOptions, run: () => Promise<Result>): Promise<Result> {
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await run();
    } catch (error) {
      // The error's message is left out, because a span must not have data of a caller.
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
      throw error;
    } finally {
      span.end();
    }
  });
}
