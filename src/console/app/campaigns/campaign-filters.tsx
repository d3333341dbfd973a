import type { ReactNode } from 'react';
import { LazyGroupPicker } from '../groups/lazy-group-picker.tsx';
import { useGroup } from '../groups/use-group-options.ts';
import { t } from '../language/language.ts';
import type { MessageId } from '../language/message-id.ts';
import { SearchBox } from '../ui/search-box.tsx';
import { ORDERS, type Archived, parseOrder, type CampaignView } from './campaign-view.ts';
import '../ui/segments.css';
import './campaign-filters.css';

interface Props {
  view: CampaignView;
  onChange: (change: Partial<CampaignView>) => void;
  /** Called with true when the text of the search box starts to differ from the view's, and with false when it no longer does. */
  onTyping: (typing: boolean) => void;
  children: ReactNode;
}

const ARCHIVED = [
  ['no', 'filter.inUse'],
  ['only', 'filter.archived'],
  ['all', 'filter.all'],
] as const satisfies [Archived, MessageId][];

export function CampaignFilters({ view, onChange, onTyping, children }: Props) {
  const group = useGroup(view.group);
  const isNamePending = view.group !== undefined && group.isPending;
  // A group without a name, or one that is deleted, is shown too, so that the user can remove the filter.
  const shownGroup =
    view.group === undefined
      ? undefined
      : (group.data ?? { uuid: view.group, name: isNamePending ? '' : t('filter.unknownGroup') });
  return (
    <search className="filters" aria-label={t('campaigns.title')}>
      <SearchBox
        value={view.search}
        onChange={(search) => onChange({ search })}
        onTyping={onTyping}
        placeholder={t('search.campaigns')}
      />
      <LazyGroupPicker
        placeholder={isNamePending ? '…' : t('filter.group')}
        clearable
        value={shownGroup}
        onChange={(chosen) => onChange({ group: chosen?.uuid })}
      />
      <fieldset className="segments">
        <legend className="field-label">{t('filter.state')}</legend>
        <div className="segments-box">
          {ARCHIVED.map(([archived, label]) => (
            <label key={archived}>
              <input
                type="radio"
                name="archived"
                checked={view.archived === archived}
                onChange={() => onChange({ archived })}
              />
              <span>{t(label)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label className="field order">
        <span className="field-label">{t('order.title')}</span>
        <span className="select-box">
          <select
            className="field-input"
            value={view.order}
            onChange={(event) => onChange({ order: parseOrder(event.target.value) })}
          >
            {Object.entries(ORDERS).map(([order, { label }]) => (
              <option key={order} value={order}>
                {t(label)}
              </option>
            ))}
          </select>
        </span>
      </label>
      {children}
    </search>
  );
}
