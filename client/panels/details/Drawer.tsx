import { ActionIcon, Tabs } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './Details.css';
import { sizes, useDetails } from './detailsState.ts';

export interface Tab {
  value: string;
  label: string;
  count?: ReactNode;
  /** Drawn only while the tab is open. */
  panel: () => ReactNode;
}

interface Props {
  tabs: Tab[];
  /** Beside the tabs. */
  children?: ReactNode;
}

/** The tabs of the details, of which one is open; it can be made higher, and be closed. */
export function Drawer({ tabs, children }: Props) {
  const tab = useDetails((state) => state.tab);
  const size = useDetails((state) => state.size);
  const showTab = useDetails((state) => state.showTab);
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
              // The open one is no change of tab, and yet it is to be seen.
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
  const next = useDetails(({ size }) => sizes[sizes.indexOf(size) + by]);
  const resize = useDetails((state) => state.resize);
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      // Off, but still where the focus is.
      {...(!next && { 'aria-disabled': true, 'data-disabled': true })}
      onClick={() => next && resize(next)}
    >
      {icon}
    </ActionIcon>
  );
}
