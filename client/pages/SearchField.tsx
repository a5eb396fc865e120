import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { everywhere, usePageKey } from '../ui/pageKey.ts';
import './SearchField.css';

interface Props {
  text: string;
  onText: (text: string) => void;
  /** Opens the first scenario that was found. */
  onEnter: () => void;
}

/** The search field of the first page. The key of the search leads to it. */
export function SearchField({ text, onText, onEnter }: Props) {
  const field = useRef<HTMLInputElement>(null);
  usePageKey(everywhere.find, () => field.current?.focus());
  return (
    <TextInput
      ref={field}
      type="search"
      className="search-field"
      aria-label="Find a scenario"
      placeholder="Find: hijack, sliding, nginx, V7.2.4 …"
      leftSection={<IconSearch size={16} stroke={1.7} />}
      rightSection={<kbd className="search-key">{everywhere.find.keys[0]}</kbd>}
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onEnter();
        if (key === 'Escape') onText('');
      }}
    />
  );
}
