import { ActionIcon, Tabs } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconChevronDown,
  IconChevronUp,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { labelOf } from '../../../scenarios/engine/identity.ts';
import { usePlayer } from '../../player/usePlayer.ts';
import { keysOfPanels } from '../../ui/keys.ts';
import { usePageKey } from '../../ui/pageKey.ts';
import { useRegionName } from '../../ui/panel.ts';
import './Details.css';
import { type Moment, useDetails } from './detailsState.ts';

export interface Tab {
  value: string;
  label: string;
  count?: ReactNode;
  /** Whether its panel shows a difference between the variants. */
  differs?: boolean;
  /** Called only while the tab is open. */
  panel: () => ReactNode;
}

interface Props {
  tabs: Tab[];
  /** Stands beside the tabs. */
  children?: ReactNode;
}

/** The drawer of the details: a row of tabs, and the panel of the open one. At first it is closed to the row of tabs. */
export function Drawer({ tabs, children }: Props) {
  const { tab, size, showTab, resize } = useDetails();
  const root = useRef<HTMLDivElement>(null);
  const last = tabs.find(({ value }) => value === tab) ?? tabs[0]!;
  const open = size === 'closed' ? null : last;
  const close = () => {
    const focusIsInside = root.current?.querySelector('[role=tabpanel]')?.contains(document.activeElement);
    resize('closed');
    // The panel takes the focus with it, so the focus goes to what opens the panel again.
    if (focusIsInside) root.current?.querySelector<HTMLElement>(`[role=tab][aria-selected=true]`)?.focus();
  };
  usePageKey(keysOfPanels.close, open ? close : null);
  return (
    <Tabs
      ref={root}
      value={open?.value ?? null}
      onChange={(value) => (value ? showTab(value) : close())}
      allowTabDeactivation
      // On a closed drawer the arrow keys only move: a tab is opened by Enter.
      activateTabWithKeyboard={open !== null}
      className="details"
      data-size={size}
      keepMounted={false}
    >
      <div className="details-head">
        <Tabs.List>
          {tabs.map(({ value, label, count, differs }) => (
            <Tabs.Tab key={value} value={value} tabIndex={value === last.value ? 0 : -1}>
              {label}
              {differs && (
                <>
                  {' '}
                  <span role="img" className="details-differs" aria-label="differs" title="Differs after this step">
                    ≠
                  </span>
                </>
              )}{' '}
              {count !== undefined && <span className="details-count number">{count}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {open && children}
        <div className="details-sizes">
          {open && (
            <IconButton
              label={size === 'tall' ? 'Lower details' : 'Taller details'}
              Icon={size === 'tall' ? IconArrowsMinimize : IconArrowsMaximize}
              onClick={() => resize(size === 'tall' ? 'usual' : 'tall')}
            />
          )}
          <IconButton
            label={open ? 'Close details' : 'Open details'}
            Icon={open ? IconChevronDown : IconChevronUp}
            onClick={() => (open ? close() : showTab(last.value))}
          />
        </div>
      </div>
      {open &&
        tabs.map(({ value, panel }) => (
          <Tabs.Panel key={value} value={value}>
            {value === open.value && panel()}
          </Tabs.Panel>
        ))}
    </Tabs>
  );
}

interface IconButtonProps {
  label: string;
  Icon: TablerIcon;
  onClick: () => void;
}

const IconButton = ({ label, Icon, onClick }: IconButtonProps) => (
  <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} title={label} onClick={onClick}>
    <Icon size={15} stroke={1.7} />
  </ActionIcon>
);

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
