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
  mutation UpdateWebhook($uuid: UUID!, $name: String, $url: String, $enabled: Boolean) {
    updateWebhook(input: { uuid: $uuid, name: $name, url: $url, enabled: $enabled }) {
      userErrors {
        ...InputError
      }
    }
  }
`);

const RotateWebhookSecret = graphql(`
  mutation RotateWebhookSecret($uuid: UUID!) {
    rotateWebhookSecret(input: { uuid: $uuid }) {
      secret
      userErrors {
        ...InputError
      }
    }
  }
`);

const DeleteWebhook = graphql(`
  mutation DeleteWebhook($uuid: UUID!) {
    deleteWebhook(input: { uuid: $uuid }) {
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
