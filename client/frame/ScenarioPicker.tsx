import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { addressOf } from '../address.ts';
import { byChapter, chapterTitle } from '../chapters.ts';
import { Link } from './Link.tsx';

interface Props {
  scenario: ScenarioOutline;
  scenarios: ScenarioOutline[];
}

/** "Login / Session fixation": where one is, and the way to every other scenario. */
export function ScenarioPicker({ scenario, scenarios }: Props) {
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <button type="button" className="plain picker" title={scenario.title}>
          <span className="picker-chapter">{chapterTitle(scenario.chapter)}</span>
          <span className="picker-slash" aria-hidden="true">
            /
          </span>
          <span className="picker-title">{scenario.title}</span>
          <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah="min(70vh, 600px)" style={{ overflowY: 'auto' }}>
        {byChapter(scenarios).map(({ title, scenarios }) => (
          <Fragment key={title}>
            <Menu.Label>{title}</Menu.Label>
            {scenarios.map(({ slug, title }) => (
              <Menu.Item
                key={slug}
                component={Link}
                to={addressOf(slug)}
                aria-current={slug === scenario.slug ? 'page' : undefined}
              >
                {title}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/">
          All scenarios and their questions
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
