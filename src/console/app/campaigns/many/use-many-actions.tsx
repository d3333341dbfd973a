import { useState, type ReactNode } from 'react';
import { describeError, errorDetails } from '../../api/request-error.ts';
import type { CampaignRowFragment } from '../../generated/graphql.ts';
import { t } from '../../language/language.ts';
import { Message } from '../../ui/message.tsx';
import { Name } from '../../ui/name.tsx';
import { useNotify } from '../../ui/notices.tsx';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { useIsShown } from '../../ui/use-is-shown.ts';
import { useChangeCampaigns, type CampaignChange, type Outcome } from './change-campaigns.ts';
import { DeleteManyDialog } from './delete-many-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { RefusedDialog } from './refused-dialog.tsx';

/** A change of many campaigns at once, and the message to show when it is done. */
interface Task {
  readonly changes: readonly CampaignChange[];
  readonly done:
    'selection.archived' | 'selection.restored' | 'selection.moved' | 'selection.movedBack' | 'selection.deleted';
  /** The message to show after an undo; undefined if the task cannot be undone. */
  readonly undone?: 'selection.archived' | 'selection.restored' | 'selection.movedBack';
}

type Open =
  | { readonly dialog: 'move' | 'delete'; readonly campaigns: readonly CampaignRowFragment[] }
  | ({ readonly dialog: 'refused'; readonly task: Task } & Exclude<Outcome, { changed: unknown }>);

interface ManyActions {
  /**
   * What can be done with these campaigns. With `counted`, each entry says how many campaigns it applies to. Without it, only entries
   * that do not apply to all campaigns say so.
   */
  entriesFor: (campaigns: readonly CampaignRowFragment[], counted: boolean) => MenuEntry[];
  /** True while a request is running. */
  busy: boolean;
  /** The dialog that is open, if any. */
  dialog: ReactNode;
}

/**
 * Archives, restores, moves and deletes many campaigns.
 *
 * @param selected The campaigns that are selected now.
 * @param onDone Called with the ids of the campaigns of a finished action.
 */
export function useManyActions(
  selected: readonly CampaignRowFragment[],
  onDone: (ids: readonly string[]) => void,
): ManyActions {
  const notify = useNotify();
  const change = useChangeCampaigns();
  /** The dialogs to show, one after another: an action may be refused while the user is in the dialog of another one. */
  const [dialogs, setDialogs] = useState<readonly Open[]>([]);
  const [open] = dialogs;
  const [busy, setBusy] = useState(false);
  const isShown = useIsShown();
  const add = (next: Open) => setDialogs((now) => [...now, next]);
  // The answer to a slow request must not close a dialog that the user has opened meanwhile.
  const close = () => setDialogs((now) => now.filter((one) => one !== open));

  /** Throws if the request fails. */
  const perform = async (task: Task): Promise<void> => {
    setBusy(true);
    try {
      const outcome = await change(task.changes);
      if ('refusals' in outcome) {
        close();
        add({ dialog: 'refused', task, ...outcome });
        // The user may have gone to another page meanwhile, where the dialog is not shown.
        if (!isShown.current) notify({ tone: 'error', text: t('selection.refusedTitle') });
        return;
      }
      close();
      onDone(task.changes.map(({ campaign }) => campaign.id));
      const undo = undoing(task, outcome.changed);
      const values = { count: task.changes.length, group: <Name text={task.changes[0]?.group?.name ?? ''} /> };
      notify({
        text: <Message id={task.done} values={values} />,
        undo: undo && (() => attempt(undo)),
      });
    } finally {
      setBusy(false);
    }
  };

  /** Resolves with whether the request succeeded. If it failed, a notice says so. */
  const attempt = async (task: Task): Promise<boolean> => {
    close();
    try {
      await perform(task);
      return true;
    } catch (error) {
      notify({ tone: 'error', text: describeError(errorDetails(error)) });
      return false;
    }
  };

  const start = (task: Task) => void attempt(task);

  return {
    busy,
    entriesFor(campaigns, counted) {
      const archived = campaigns.filter((campaign) => campaign.archived);
      const inUse = campaigns.filter((campaign) => !campaign.archived);
      const entry = (
        label: string,
        some: readonly CampaignRowFragment[],
        run: () => void,
        danger = false,
      ): MenuEntry[] => {
        if (some.length === 0) return [];
        const all = some.length === campaigns.length && !counted;
        return [{ label: all ? label : t('selection.some', { action: label, count: some.length }), danger, run }];
      };
      return [
        ...entry(t('action.archive'), inUse, () =>
          start({
            changes: inUse.map((campaign) => ({ campaign, archived: true })),
            done: 'selection.archived',
            undone: 'selection.restored',
          }),
        ),
        ...entry(t('action.restore'), archived, () =>
          start({
            changes: archived.map((campaign) => ({ campaign, archived: false })),
            done: 'selection.restored',
            undone: 'selection.archived',
          }),
        ),
        ...entry(t('selection.move'), inUse, () => add({ dialog: 'move', campaigns: inUse })),
        ...entry(t('action.deleteAsk'), campaigns, () => add({ dialog: 'delete', campaigns }), true),
      ];
    },
    dialog:
      open?.dialog === 'move' ? (
        <MoveDialog
          count={open.campaigns.length}
          onClose={close}
          onMove={(group) =>
            start({
              changes: open.campaigns.map((campaign) => ({ campaign, group })),
              done: 'selection.moved',
              undone: 'selection.movedBack',
            })
          }
        />
      ) : open?.dialog === 'delete' ? (
        <DeleteManyDialog
          campaigns={open.campaigns}
          onClose={close}
          onDelete={() =>
            perform({
              changes: open.campaigns.map((campaign) => ({ campaign, deleted: true })),
              done: 'selection.deleted',
            })
          }
        />
      ) : open?.dialog === 'refused' ? (
        <RefusedDialog
          refusals={open.refusals}
          stay={open.refusals.filter(({ change }) => selected.some(({ id }) => id === change.campaign.id)).length}
          rest={open.rest.length}
          onClose={close}
          onRest={() => start({ ...open.task, changes: open.rest })}
        />
      ) : null,
  };
}

/** The task that gives the changed campaigns their earlier values again. Undefined means that there is nothing to undo. */
function undoing({ changes, undone }: Task, changed: readonly CampaignRowFragment[]): Task | undefined {
  if (!undone || changed.length === 0) return undefined;
  const before = new Map(changes.map((change) => [change.campaign.uuid, change]));
  return {
    done: undone,
    changes: changed.map((campaign) => {
      const change = before.get(campaign.uuid);
      return {
        campaign,
        ...(change?.archived !== undefined && { archived: change.campaign.archived }),
        ...(change?.group && { group: change.campaign.group }),
      };
    }),
  };
}
