import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useExecute } from '../api/api-context.ts';
import type { CreateWebhookMutationVariables, UpdateWebhookMutationVariables } from '../generated/graphql.ts';
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

export function useCreateWebhook() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (input: CreateWebhookMutationVariables) => (await execute(CreateWebhook, input)).createWebhook,
    onSettled: useInvalidate(),
  });
}

export function useUpdateWebhook() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (input: UpdateWebhookMutationVariables) => (await execute(UpdateWebhook, input)).updateWebhook,
    onSettled: useInvalidate(),
  });
}

export function useRotateWebhookSecret() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (uuid: string) => (await execute(RotateWebhookSecret, { uuid })).rotateWebhookSecret,
    onSettled: useInvalidate(),
  });
}

export function useDeleteWebhook() {
  const execute = useExecute();
  return useMutation({
    mutationFn: async (uuid: string) => (await execute(DeleteWebhook, { uuid })).deleteWebhook,
    onSettled: useInvalidate(),
  });
}

/** Fetches the webhooks again, also after an error: the change may have been made. */
function useInvalidate(): () => void {
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries({ queryKey: ['webhooks'] });
}
