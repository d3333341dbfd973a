import { t } from '../../language/language.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Message } from '../../ui/message.tsx';
import { Name } from '../../ui/name.tsx';
import { theirValues } from '../campaign-conflict.ts';
import { CampaignNames } from './campaign-names.tsx';
import type { Refusal } from './change-campaigns.ts';

interface Props {
  refusals: readonly Refusal[];
  /** How many of these campaigns are still selected. Those of an undo are not, nor are deleted ones. */
  stay: number;
  /** How many changes were not refused. */
  rest: number;
  onClose: () => void;
  onRest: () => void;
}

/** Says that nothing was changed, and which campaigns are the reason. Offers to change the others. */
export function RefusedDialog({ refusals, stay, rest, onClose, onRest }: Props) {
  const count = refusals.length;
  const total = count + rest;
  return (
    <Dialog title={t('selection.refusedTitle')} busy={false} onClose={onClose} role="alertdialog">
      <div className="dialog-body">
        <p>{total === 1 ? t('selection.refusedOnly') : t('selection.refused', { count, total })}</p>
        <CampaignNames
          campaigns={refusals.map((refusal) => ({ campaign: refusal.change.campaign, about: <About {...refusal} /> }))}
        />
        {stay > 0 && <p>{t('selection.refusedHint', { count: stay })}</p>}
      </div>
      <footer className="dialog-foot">
        <Button onPress={onClose} autoFocus>
          {t('action.close')}
        </Button>
        {rest > 0 && (
          <Button variant="primary" onPress={onRest}>
            {t('selection.rest', { count: rest })}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}

/** Why the campaign could not be changed, and the present values that differ from those that the user knows. */
function About({ change: { campaign }, theirs, reason }: Refusal) {
  return (
    <>
      <p>{reason}</p>
      {theirs &&
        theirValues(campaign, theirs).map(({ label, value }) => (
          <p key={label}>
            <Message
              id="selection.now"
              values={{ label, value: typeof value === 'string' ? <Name text={value} /> : value }}
            />
          </p>
        ))}
    </>
  );
}
