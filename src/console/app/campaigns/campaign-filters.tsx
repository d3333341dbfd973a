import type { ReactNode } from 'react';
import { LazyGroupPicker } from '../groups/lazy-group-picker.tsx';
import { useGroup } from '../groups/use-group-options.ts';
import { t } from '../language/language.ts';
import { SearchBox } from '../ui/search-box.tsx';
import { Segments } from '../ui/segments.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { ORDERS, type Archived, parseOrder, STATES, type CampaignView } from './campaign-view.ts';
import './campaign-filters.css';

interface Props {
  view: CampaignView;
  onChange: (change: Partial<CampaignView>) => void;
  /** Called with true when the text of the search box starts to differ from the view's, and with false when it no longer does. */
  onTyping: (typing: boolean) => void;
  children: ReactNode;
}

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
      <SelectField
        label={t('order.title')}
        className="filter-field"
        value={view.order}
        onChange={(order) => onChange({ order: parseOrder(order) })}
      >
        {Object.entries(ORDERS).map(([order, { label }]) => (
          <option key={order} value={order}>
            {t(label)}
          </option>
        ))}
      </SelectField>
      {children}
      <Segments
        name="archived"
        value={view.archived}
        options={(Object.keys(STATES) as Archived[]).map((archived) => [archived, t(STATES[archived])])}
        onChange={(archived) => onChange({ archived })}
      >
        <legend className="field-label">{t('filter.state')}</legend>
      </Segments>
    </search>
  );
}
