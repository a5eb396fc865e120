import { Combobox, useCombobox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter, chapterTitle } from '../player/catalogue.ts';
import { search } from '../player/search.ts';
import { addressOf, navigate } from '../ui/address.ts';
import { Link } from '../ui/Link.tsx';
import { everywhere, usePageKey } from '../ui/pageKey.ts';
import './ScenarioPicker.css';

interface Props {
  scenario: ScenarioOutline;
  scenarios: ScenarioOutline[];
}

/** Shows the current scenario, such as "Login / Session fixation  The cookie the attacker chose". Opens a list of all scenarios that can be searched. */
export function ScenarioPicker({ scenario, scenarios }: Props) {
  const [text, setText] = useState('');
  const picker = useCombobox({
    onDropdownOpen: () => {
      picker.focusSearchInput();
      picker.updateSelectedOptionIndex('active', { scrollIntoView: true });
    },
    onDropdownClose: () => {
      setText('');
      picker.resetSelectedOption();
      picker.focusTarget();
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the results change, Enter opens the first one
  useEffect(() => {
    if (text !== '') picker.selectFirstOption();
  }, [text]);
  usePageKey(everywhere.find, picker.openDropdown);
  const searching = text.trim() !== '';
  const go = (slug: string) => {
    picker.closeDropdown();
    navigate(addressOf(slug));
  };
  return (
    <Combobox store={picker} position="bottom-start" width={400} shadow="md" radius="lg" onOptionSubmit={go}>
      <Combobox.Target targetType="button">
        <button
          type="button"
          className="plain picker"
          title={fullTitle(scenario)}
          onClick={() => picker.toggleDropdown()}
        >
          <span className="picker-chapter">{chapterTitle(scenario.chapter)}</span>
          <span className="picker-slash" aria-hidden="true">
            /
          </span>
          <span className="picker-title">{scenario.title}</span>
          {scenario.subtitle && <span className="picker-subtitle">{scenario.subtitle}</span>}
          <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className="picker-dropdown">
        <div role="dialog" aria-label="Find a scenario">
          <Combobox.Search
            role="combobox"
            aria-expanded={picker.dropdownOpened}
            aria-label="Find a scenario"
            placeholder="Find: hijack, sliding, nginx, V7.2.4 …"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Combobox.Options className="picker-options" aria-label="Scenarios">
            {searching ? (
              <Hits found={search(scenarios, text)} current={scenario.slug} />
            ) : (
              byChapter(scenarios).map(({ title, scenarios }) => (
                <Combobox.Group key={title} label={title}>
                  {scenarios.map((one) => (
                    <ScenarioOption key={one.slug} scenario={one} current={scenario.slug} />
                  ))}
                </Combobox.Group>
              ))
            )}
          </Combobox.Options>
          <Combobox.Footer>
            <Link className="picker-all" to="/">
              All scenarios and their questions
            </Link>
          </Combobox.Footer>
        </div>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** What a search has found, the best first. */
function Hits({ found, current }: { found: readonly ScenarioOutline[]; current: string }) {
  if (found.length === 0) return <Combobox.Empty>No scenario is about all these words.</Combobox.Empty>;
  return found.map((one) => <ScenarioOption key={one.slug} scenario={one} current={current} />);
}

function ScenarioOption({ scenario, current }: { scenario: ScenarioOutline; current: string }) {
  const { slug, title, subtitle } = scenario;
  return (
    <Combobox.Option value={slug} active={slug === current}>
      {title}
      {subtitle && <span className="picker-story">{subtitle}</span>}
    </Combobox.Option>
  );
}

const fullTitle = ({ title, subtitle }: ScenarioOutline) => (subtitle ? `${title}: ${subtitle}` : title);
