import { Client } from '../../support/client.ts';

export interface UserError {
  readonly code: string;
  readonly field: string[] | null;
  readonly message: string;
}

export interface Member {
  readonly id: string;
  readonly uuid: string;
  readonly email: string;
  readonly role: string;
  readonly active: boolean;
  readonly revision: number;
}

export interface ApiToken {
  readonly id: string;
  readonly uuid: string;
  readonly name: string;
  readonly owner: string;
  readonly role: string;
  readonly maxRole: string | null;
  readonly expiresOn: string | null;
}

const ERRORS = 'userErrors { code field message }';
const MEMBER = 'id uuid email role active createdOn revision';
const TOKEN = 'id uuid name owner role maxRole createdOn lastUsedOn expiresOn revision';

interface Made<Name extends string, Value> {
  readonly made: { readonly [Key in Name]: Value | null } & {
    readonly key: string | null;
    readonly userErrors: readonly UserError[];
  };
}

/** A client that manages the members and tokens of a workspace. */
export class Caretaker extends Client {
  async invite(email: string, role = 'EDITOR', more: Record<string, unknown> = {}) {
    const mutation = `mutation ($input: InviteMemberInput!) {
      made: inviteMember(input: $input) { member { ${MEMBER} } apiToken { ${TOKEN} } key ${ERRORS} }
    }`;
    return (
      await this.data<Made<'member', Member> & Made<'apiToken', ApiToken>>(mutation, {
        input: { email, role, ...more },
      })
    ).made;
  }

  /** Invites a person. Returns the member, and a client with the member's first token. */
  async invited(base: string, email: string, role = 'EDITOR') {
    const { member, key, userErrors } = await this.invite(email, role);
    if (!member || key === null) throw new Error(`not invited: ${JSON.stringify(userErrors)}`);
    return { ...member, key, caller: new Caretaker(base, key) };
  }

  async changeRole(uuid: string, role: string, expectedRevision?: number) {
    const mutation = `mutation ($input: UpdateMemberInput!) {
      made: updateMember(input: $input) { member { ${MEMBER} } ${ERRORS} }
    }`;
    return (await this.data<Made<'member', Member>>(mutation, { input: { uuid, role, expectedRevision } })).made;
  }

  remove(uuid: string) {
    return this.ask<Made<'removedMemberId', string>>(
      `mutation ($uuid: UUID!) { made: removeMember(input: { uuid: $uuid }) { removedMemberId ${ERRORS} } }`,
      { uuid },
    );
  }

  async createToken(input: Record<string, unknown>) {
    const mutation = `mutation ($input: CreateApiTokenInput!) {
      made: createApiToken(input: $input) { apiToken { ${TOKEN} } key ${ERRORS} }
    }`;
    return (await this.data<Made<'apiToken', ApiToken>>(mutation, { input })).made;
  }

  /** Creates a token. Returns it, and a client that uses it. */
  async createdToken(base: string, input: Record<string, unknown>) {
    const { apiToken, key, userErrors } = await this.createToken(input);
    if (!apiToken || key === null) throw new Error(`not made: ${JSON.stringify(userErrors)}`);
    return { ...apiToken, key, caller: new Caretaker(base, key) };
  }

  async revoke(uuid: string) {
    const mutation = `mutation ($uuid: UUID!) { made: revokeApiToken(input: { uuid: $uuid }) { revokedApiTokenId ${ERRORS} } }`;
    return (await this.data<Made<'revokedApiTokenId', string>>(mutation, { uuid })).made;
  }

  async members(args = ''): Promise<Member[]> {
    return (await this.data<{ members: { nodes: Member[] } }>(`{ members${args} { nodes { ${MEMBER} } } }`)).members
      .nodes;
  }

  async tokens(args = ''): Promise<ApiToken[]> {
    return (await this.data<{ apiTokens: { nodes: ApiToken[] } }>(`{ apiTokens${args} { nodes { ${TOKEN} } } }`))
      .apiTokens.nodes;
  }

  /** The status of a response: 401 if the token is revoked or expired. */
  async status(): Promise<number> {
    return (await this.ask('{ viewer { role } }')).status;
  }

  async role(): Promise<string> {
    return (await this.data<{ viewer: { role: string } }>('{ viewer { role } }')).viewer.role;
  }
}
