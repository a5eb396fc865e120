import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import './Notice.css';

interface Props {
  title: string;
  sentence: string;
  action: string;
  onAction: () => void;
  children?: ReactNode;
}

/** A page that shows only a message, and what can be done. */
export function Notice({ title, sentence, action, onAction, children }: Props) {
  return (
    <main className="notice">
      <div role="alert">
        <h1>{title}</h1>
        <p>{sentence}</p>
      </div>
      <div className="notice-actions">
        <Button onClick={onAction}>{action}</Button>
        {children}
      </div>
    </main>
  );
}
