import { Button, TextInput } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { takeSecret } from '../../ui/address.ts';
import { keepRole } from '../connection/keptRole.ts';
import { plainFetch } from '../connection/useRoom.tsx';
import { createWorkshopApi } from '../connection/workshopApi.ts';
import './EnterRoom.css';

const api = createWorkshopApi(plainFetch);

interface Props {
  /** Why this page was shown, as a sentence; null when it was asked for. */
  why?: string | null;
}

/** Asks for the code of the room. A code in the address, as in the QR code of the projector, is taken without asking. */
export function EnterRoom({ why = null }: Props) {
  useDocumentTitle('Join the room · Session Sandbox');
  const [code, setCode] = useState(takeSecret);
  const [problem, setProblem] = useState(why);
  const [entering, setEntering] = useState(false);
  const enter = useCallback(async (text: string) => {
    setEntering(true);
    try {
      const entered = await api.enter({ code: text });
      keepRole({ ...entered, enteredWith: text });
    } catch (error) {
      setProblem((error as Error).message);
      setEntering(false);
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only with what the address brought
  useEffect(() => {
    if (code !== '') void enter(code);
  }, []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '') void enter(code);
  };
  return (
    <main className="enter">
      <form onSubmit={onSubmit}>
        <h1>Join the room</h1>
        <p className="mute">The code is on the projector. You need no name and no account.</p>
        <TextInput
          label="Code of the room"
          classNames={{ input: 'enter-code' }}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
          maxLength={12}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          data-autofocus
          autoFocus
        />
        <Button type="submit" size="md" loading={entering} fullWidth>
          Join
        </Button>
        <p className="enter-problem" role="alert">
          {problem}
        </p>
      </form>
    </main>
  );
}
