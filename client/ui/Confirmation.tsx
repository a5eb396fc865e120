import { create } from 'zustand';
import './Messages.css';

interface ShownConfirmation {
  sentence: string | null;
  /** Counts the confirmations. As the element's key, it makes a repeated sentence show and sound again. */
  count: number;
}

const useConfirmation = create<ShownConfirmation>(() => ({ sentence: null, count: 0 }));

/** Shows a sentence about something just copied or saved, or about why it was not. It disappears after three seconds. */
export function confirm(sentence: string): void {
  useConfirmation.setState(({ count }) => ({ sentence, count: count + 1 }));
}

/** The place where `confirm` shows its sentence. Screen readers announce it. */
export function Confirmation() {
  const { sentence, count } = useConfirmation();
  return (
    <div className="messages confirmation" aria-live="polite">
      {sentence !== null && (
        <div className="message" key={count} data-tone="done">
          <p>{sentence}</p>
        </div>
      )}
    </div>
  );
}
