import { Combobox, useCombobox } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ScenarioOutline } from '../../scenarios/engine/trace.ts';
import { byChapter, chapterTitle, search } from '../player/catalogue.ts';
import { addressOf, navigate } from '../ui/address.ts';
import { everywhere, usePageKey } from '../ui/keys.ts';
import { Link } from '../ui/Link.tsx';
import './ScenarioPicker.css';

interface Props {
  scenario: ScenarioOutline;
  scenarios: ScenarioOutline[];
}

/** Shows the current scenario, such as "Login / Session fixation". Opens a list of all scenarios that can be searched. */
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
  const found = search(scenarios, text);
  const go = (slug: string) => {
    picker.closeDropdown();
    navigate(addressOf(slug));
  };
  return (
    <Combobox store={picker} position="bottom-start" width={360} shadow="md" radius="lg" onOptionSubmit={go}>
      <Combobox.Target targetType="button">
        <button type="button" className="plain picker" title={scenario.title} onClick={() => picker.toggleDropdown()}>
          <span className="picker-chapter">{chapterTitle(scenario.chapter)}</span>
          <span className="picker-slash" aria-hidden="true">
            /
          </span>
          <span className="picker-title">{scenario.title}</span>
          <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown className="picker-dropdown">
        <div role="dialog" aria-label="Find a scenario">
          <Combobox.Search
            role="combobox"
            aria-expanded={picker.dropdownOpened}
            aria-label="Find a scenario"
            placeholder="Find a scenario"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Combobox.Options className="picker-options" aria-label="Scenarios">
            {found.length === 0 && <Combobox.Empty>No scenario contains all these words.</Combobox.Empty>}
            {byChapter(found).map(({ title, scenarios }) => (
              <Combobox.Group key={title} label={title}>
                {scenarios.map(({ slug, title }) => (
                  <Combobox.Option key={slug} value={slug} active={slug === scenario.slug}>
                    {title}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
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
