import type { Database } from '../../../src/database/database.ts';
import type { Micros } from '../../../src/database/tables.ts';
import { Groups } from '../../../src/model/groups.ts';
import { clockTime } from '../../../src/model/time.ts';
import type { Webhook } from '../../../src/model/webhook.ts';
import type { WithSecret } from '../../../src/model/webhooks.ts';
import { Webhooks } from '../../../src/model/webhooks.ts';
import type { Deliveries } from '../../../src/webhooks/deliveries.ts';
import { startDeliveries } from '../../../src/webhooks/deliveries.ts';
import type { DeliveryFailure } from '../../../src/webhooks/delivery.ts';
import { createSender } from '../../../src/webhooks/send.ts';
import { afterwards } from '../../support/afterwards.ts';
import { AUTHOR } from '../../support/author.ts';
import { makeWorkspace } from '../../support/workspace.ts';

export const LOOPBACK = { address: '127.0.0.0', prefix: 8, version: 'ipv4' } as const;

/** Makes a workspace whose changes are sent to webhooks. Its clock stands still except when `move` is called. */
export async function openDelivering(database: Database) {
  const { id } = await makeWorkspace(database);
  const groups = new Groups(database, id, AUTHOR);
  const webhooks = new Webhooks(database, id);
  let time = clockTime();
  let made = 0;
  const failures: DeliveryFailure[] = [];
  const errors: unknown[] = [];

  return {
    workspace: id,
    webhooks,
    groups,
    /** The failures that the deliveries have reported. */
    failures,
    errors,
    time: () => time,
    move: (by: Micros) => void (time += by),
    /** Creates `count` groups. Each is one change. */
    async change(count = 1): Promise<void> {
      for (let i = 0; i < count; i += 1) await groups.create({ name: `Group ${(made += 1)}` });
    },
    async create(url: string, name = 'Receiver'): Promise<WithSecret> {
      return valueOf(await webhooks.create({ name, url }));
    },
    /**
     * Starts the deliveries of an instance. They are stopped after the tests of the file.
     * @param look The time, in ms, between two looks for changes.
     */
    start(instance = database, timeout = 2_000, look = 10): Deliveries {
      const events = { delivered() {}, failed: (failure: DeliveryFailure) => void failures.push(failure) };
      const parts = { database: instance, sender: createSender([LOOPBACK], timeout), clock: () => time, events };
      const deliveries = startDeliveries(parts, (error) => errors.push(error), look);
      afterwards(() => deliveries.stop());
      return deliveries;
    },
    async webhook(uuid: string): Promise<Webhook> {
      const found = (await webhooks.list()).find((one) => one.uuid === uuid);
      if (!found) throw new Error(`there is no webhook ${uuid}`);
      return found;
    },
  };
}

export function valueOf<Value>(result: { readonly value: Value } | { readonly errors: unknown }): Value {
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.value;
}
