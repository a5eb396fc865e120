import { useRecorded } from '../player/useApi.ts';
import { installCommand, recordedOn } from './recordedText.ts';
import './RecordedNote.css';

/** Where the page plays recordings: when they were made, and how to get what can be acted in. */
export function RecordedNote() {
  const recorded = useRecorded();
  if (!recorded) return null;
  return (
    <p className="recorded-note">
      Recorded on {recordedOn(recorded)}. Install Session Sandbox to act yourself: <code>{installCommand}</code>
    </p>
  );
}
