import { mayAdminister, mayWrite } from '../../access/roles.ts';
import type { Context } from '../context.ts';
import { graphqlError } from '../errors.ts';

/** Returns the context when its caller may change campaigns and groups. Throws FORBIDDEN otherwise. */
export function writing(context: Context): Context {
  if (mayWrite(context.viewer.role)) return context;
  throw graphqlError('FORBIDDEN', 'Only administrators and editors can change campaigns and groups.');
}

/** Returns the context when its caller is an administrator. Throws FORBIDDEN otherwise. */
export function administering(context: Context): Context {
  if (mayAdminister(context.viewer.role)) return context;
  throw graphqlError('FORBIDDEN', 'Only administrators can see and change webhooks.');
}
