import { useDisclosure } from '@mantine/hooks';
import { useCallback, useState } from 'react';

/** A dialog about one of many things. `about` stays what it was while the dialog fades away; null as long as there was none. */
export function useDialog<Thing>() {
  const [about, setAbout] = useState<Thing | null>(null);
  const [opened, { open, close }] = useDisclosure(false);
  const show = useCallback(
    (thing: Thing) => {
      setAbout(thing);
      open();
    },
    [open],
  );
  return { about, opened, show, close };
}
