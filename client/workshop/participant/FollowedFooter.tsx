import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { searchOf } from '../../player/place.ts';
import { currentSteps } from '../../player/state.ts';
import { addressOf, navigate } from '../../ui/address.ts';
import { usePageKey } from '../../ui/pageKey.ts';
import { Said } from '../../ui/Said.tsx';
import type { OnPage } from '../connection/shownRuns.ts';
import { useInRoom, useRoom, useRoomPlace } from '../connection/useRoom.tsx';
import { keysOfRoom } from '../parts/keysOfRoom.ts';
import { RoomTimer } from '../parts/RoomTimer.tsx';

/** Below what the room is shown: a look around in it, and a run of one's own from here. */
export function FollowedFooter({ onPage }: { onPage: OnPage }) {
  const { room } = useInRoom();
  const { player, sides } = onPage;
  const around = useRoom((state) => state.lookingAround);
  const lost = useRoom(({ connection }) => connection === 'lost');
  const steps = useStore(player.store, currentSteps);
  const header = useStore(sides[0]!.store, ({ sandbox }) => sandbox!.header);
  const place = useRoomPlace();
  const total = header.scenario.steps.length;
  const tryIt = () => {
    const shown = sides.length === 2 ? 'both' : header.variant;
    const search = searchOf({ shown, store: header.store, pace: header.pace, step: steps });
    navigate(`${addressOf(header.scenario.slug)}?${search}`);
  };
  usePageKey(keysOfRoom.tryIt, tryIt);
  usePageKey(keysOfRoom.back, around ? room.follow : null);

  const here = steps === 0 ? `${total} steps` : `Step ${steps} of ${total}`;
  const elsewhere = place && (place.slug !== header.scenario.slug || place.step !== steps);
  return (
    <>
      <Said sentence={around ? 'You look around by yourself. Press b to go back to the room.' : ''} />
      <div className="footer-steps">
        {around ? (
          <>
            <Button variant="default" data-key="←" aria-label="Previous" onClick={player.previous}>
              <span className="followed-word">Previous</span>
              <IconChevronLeft className="followed-arrow" size={18} aria-hidden="true" />
            </Button>
            <Button variant="default" data-key="→" aria-label="Next" onClick={() => void player.next()}>
              <span className="followed-word">Next</span>
              <IconChevronRight className="followed-arrow" size={18} aria-hidden="true" />
            </Button>
          </>
        ) : (
          <Button variant="default" data-key="←" onClick={player.previous}>
            Look around
          </Button>
        )}
      </div>
      <p className="footer-where" role="status">
        <span className="number">{here}</span>
        {around && <span className="followed-place"> · You look around.</span>}
        {around && elsewhere && place && ` The room is at ${placeText(place, header.scenario.slug)}.`}
        {!around && !lost && <span className="followed-follows"> · Following the instructor</span>}
        {lost && <span className="footer-busy"> · The connection is lost. Reconnecting…</span>}
      </p>
      <RoomTimer />
      <div className="followed-acts">
        <Button variant="default" data-key="y" onClick={tryIt}>
          Try it here
        </Button>
        {around && (
          <Button data-key="b" onClick={room.follow}>
            Back to the room
          </Button>
        )}
      </div>
    </>
  );
}

/** Returns "step 5", with the title of the scenario where this page shows another one. */
function placeText({ slug, title, step }: { slug: string; title: string; step: number }, here: string): string {
  const at = step === 0 ? 'the beginning' : `step ${step}`;
  return slug === here ? at : `${at} of ${title}`;
}
