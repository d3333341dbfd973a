import { randomUUID } from 'node:crypto';
import { beforeEach } from 'vitest';
import { groupOf } from '../../support/fixture.ts';
import type { World } from '../../support/world.ts';
import { mirrored, openGateway } from './gateway.ts';
import type { Fault } from './live-account.ts';
import { openLiveAccount } from './live-account.ts';

/** The account's group for new campaigns. */
export const GROUP = groupOf(2, 'Reporters');

/** The answer of CREATE and UPDATE. */
export interface Written {
  readonly campaign: { readonly uuid: string; readonly name: string; readonly revision: number } | null;
  readonly userErrors: readonly {
    readonly field: readonly string[] | null;
    readonly code: string;
    readonly message: string;
  }[];
}

export const FIELDS = `campaign { uuid name revision group { name } archived } userErrors { field code message accountMessage character }`;
export const CREATE = `mutation ($name: String!, $group: GroupReference!) { it: createCampaign(input: { name: $name, group: $group }) { ${FIELDS} } }`;
export const UPDATE = `mutation ($input: UpdateCampaignInput!) { it: updateCampaign(input: $input) { ${FIELDS} } }`;

export const newName = () => `Rain ${randomUUID().slice(0, 8)}`;
export const inGroup = { uuid: GROUP.uuid };

/** Opens an account with a gateway in front of it. The account answers properly at the beginning of each test. */
export async function openWrites() {
  const account = await openLiveAccount();
  // Accounts of users get more time. What happens when no answer comes is the same.
  const gateway = await openGateway(
    account,
    ['admin2'],
    {},
    { patience: { timeout: 2_000, readBackPauses: [0, 40, 110] } },
  );
  await mirrored(gateway, 'editor2');
  beforeEach(() => {
    account.fault = () => undefined;
  });

  async function create(name: string): Promise<Written> {
    return (await gateway.as('editor2').data<{ it: Written }>(CREATE, { name, group: inGroup })).it;
  }

  async function created(): Promise<NonNullable<Written['campaign']>> {
    const { campaign } = await create(newName());
    if (!campaign) throw new Error('it was refused');
    return campaign;
  }

  /** How many campaigns with this name the account has. */
  async function inAccount(name: string): Promise<number> {
    return (await named(account.world, name)).totalCount;
  }

  const here = (name: string) => named(gateway, name);

  /** A fault for the next write only. */
  function onNextWrite(...faults: readonly Fault[]): void {
    const left = [...faults];
    account.fault = ({ method }) => (method === 'GET' ? undefined : left.shift());
  }

  return { account, gateway, create, created, inAccount, here, onNextWrite };
}

/** The campaigns with this name. */
async function named(world: World, name: string): Promise<Named> {
  const query = `query ($search: String) { campaigns(filter: { search: $search, archived: null }) { totalCount nodes { uuid } } }`;
  return (await world.as('editor2').data<{ campaigns: Named }>(query, { search: name })).campaigns;
}

interface Named {
  readonly totalCount: number;
  readonly nodes: readonly { readonly uuid: string }[];
}
