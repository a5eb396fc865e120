import { ActionIcon, Tabs } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { labelOf } from '../../../scenarios/engine/identity.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { useRegionName } from '../../ui/panel.ts';
import './Details.css';
import { type Moment, sizes, useDetails } from './detailsState.ts';

export interface Tab {
  value: string;
  label: string;
  count?: ReactNode;
  /** Called only while the tab is open. */
  panel: () => ReactNode;
}

interface Props {
  tabs: Tab[];
  /** Stands beside the tabs. */
  children?: ReactNode;
}

/** The drawer of the details: a row of tabs and the panel of the open one. It can be made taller, lower, and closed. */
export function Drawer({ tabs, children }: Props) {
  const { tab, size, showTab } = useDetails();
  const open = tabs.find(({ value }) => value === tab) ?? tabs[0]!;
  return (
    <Tabs
      value={open.value}
      onChange={(value) => value && showTab(value)}
      className="details"
      data-size={size}
      keepMounted={false}
    >
      <div className="details-head">
        <Tabs.List>
          {tabs.map(({ value, label, count }) => (
            <Tabs.Tab
              key={value}
              value={value}
              // A click on the tab that is already open is no change, but must open the closed drawer.
              onClick={() => size === 'closed' && showTab(value)}
            >
              {label} {count !== undefined && <span className="details-count number">{count}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {children}
        <div className="details-sizes">
          <SizeButton label="Taller details" by={1} icon={<IconChevronUp size={16} stroke={1.7} />} />
          <SizeButton label="Lower details" by={-1} icon={<IconChevronDown size={16} stroke={1.7} />} />
        </div>
      </div>
      {size !== 'closed' &&
        tabs.map(({ value, panel }) => (
          <Tabs.Panel key={value} value={value}>
            {value === open.value && panel()}
          </Tabs.Panel>
        ))}
    </Tabs>
  );
}

function SizeButton({ label, by, icon }: { label: string; by: 1 | -1; icon: ReactNode }) {
  const { size, resize } = useDetails();
  const next = sizes[sizes.indexOf(size) + by];
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      // The attribute `disabled` would take the focus away.
      {...(!next && { 'aria-disabled': true, 'data-disabled': true })}
      onClick={() => next && resize(next)}
    >
      {icon}
    </ActionIcon>
  );
}

/** The requests of the selected request's step, as buttons that select one of them. */
export function ExchangePicker({ view, exchange: selected }: Pick<Moment, 'view' | 'exchange'>) {
  const { select } = usePlayer();
  const exchanges = view.exchanges.filter(({ request }) => request.step === selected?.request.step);
  const picker = useRef<HTMLFieldSetElement>(null);
  const id = selected?.request.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection has another button
  useLayoutEffect(() => {
    const button = picker.current?.querySelector<HTMLElement>('[aria-pressed="true"]');
    // scrollIntoView would move the whole page as well.
    if (!picker.current || !button) return;
    picker.current.scrollLeft = button.offsetLeft + button.offsetWidth - picker.current.clientWidth;
  }, [id]);
  return (
    <fieldset className="exchanges" aria-label={useRegionName('Requests of this step')} ref={picker}>
      {exchanges.map(({ request, response }) => (
        <button
          key={request.id}
          type="button"
          className="plain exchange mono"
          aria-pressed={request.id === selected?.request.id}
          onClick={() => select(request.id)}
        >
          <span className="exchange-actor">{labelOf(view.header, request.actor)}</span> {request.method}{' '}
          {new URL(request.url).pathname} {response?.status ?? '…'}
        </button>
      ))}
    </fieldset>
  );
}
