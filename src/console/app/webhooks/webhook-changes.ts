import { useChange } from '../api/use-change.ts';
import { graphql } from '../generated/index.ts';

const CreateWebhook = graphql(`
  mutation CreateWebhook($name: String!, $url: String!) {
    createWebhook(input: { name: $name, url: $url }) {
      secret
      userErrors {
        ...InputError
      }
    }
  }
`);

const UpdateWebhook = graphql(`
  mutation UpdateWebhook($input: UpdateWebhookInput!) {
    updateWebhook(input: $input) {
      userErrors {
        ...InputError
        code
      }
    }
  }
`);

const RotateWebhookSecret = graphql(`
  mutation RotateWebhookSecret($uuid: UUID!, $expectedRevision: Int!) {
    rotateWebhookSecret(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {
      secret
      userErrors {
        ...InputError
      }
    }
  }
`);

const DeleteWebhook = graphql(`
  mutation DeleteWebhook($uuid: UUID!, $expectedRevision: Int!) {
    deleteWebhook(input: { uuid: $uuid, expectedRevision: $expectedRevision }) {
      userErrors {
        ...InputError
      }
    }
  }
`);

const LISTS = ['webhooks'];

export const useCreateWebhook = () => useChange(CreateWebhook, 'createWebhook', LISTS);
export const useUpdateWebhook = () => useChange(UpdateWebhook, 'updateWebhook', LISTS);
export const useRotateWebhookSecret = () => useChange(RotateWebhookSecret, 'rotateWebhookSecret', LISTS);
export const useDeleteWebhook = () => useChange(DeleteWebhook, 'deleteWebhook', LISTS);
