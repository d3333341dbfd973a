import { t } from '../language/language.ts';
import { ListLoading } from '../list/list-loading.tsx';
import { ListTable, type ListTableProps } from '../list/list-table.tsx';
import { RowMenuHeader } from '../ui/row-menu.tsx';
import { ErrorState } from '../ui/states.tsx';

/** A list with another name is a new table, which begins at its start. */
interface Props<Node> extends Omit<ListTableProps<Node>, 'list' | 'header' | 'onKeyDown'> {
  /** The titles of the columns. */
  titles: readonly string[];
  /** Whether there is one more column, with the menus of the rows. */
  hasMenus: boolean;
  readFrom: 'start' | 'end';
}

/** The table of members or of tokens. Shows the error or a loading text while there is no list. */
export function PeopleTable<Node>({ name, titles, hasMenus, readFrom, ...table }: Props<Node>) {
  const { list, error, reload } = table.control;
  if (!list) {
    if (error) return <ErrorState error={error} onRetry={reload} />;
    return <ListLoading label={table.label} text={t('loading.anything')} onReadFrom={table.onReadFrom} />;
  }
  return (
    <ListTable
      {...table}
      name={`${name} ${readFrom}`}
      list={list}
      header={
        <>
          {titles.map((title) => (
            <span key={title} role="columnheader">
              {title}
            </span>
          ))}
          {hasMenus && <RowMenuHeader />}
        </>
      }
    />
  );
}
