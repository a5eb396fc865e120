/** How long the answers took, as bars beside the browsers: in a lesson about timing, only that tells one answer from another. */
import { answerTimes, answerTimesLine, type AnswerTimes as Times } from '../../../scenarios/engine/answerTimes.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import './AnswerTimes.css';
import { place } from './boxRoom.ts';
import type { Picture } from './layout/picture.ts';
import { scaleOf, timeBars } from './timeBars.ts';

/**
 * Returns the bars of a moment for the picture, and the same in words; null where there are none.
 *
 * @param other the same moment in the other variant, where it is drawn beside this one
 */
export function moreWithTimes(view: View, other?: View) {
  const times = answerTimes(view);
  if (times.length === 0) return null;
  const longest = scaleOf([...times, ...(other ? answerTimes(other) : [])]);
  return {
    draw: (picture: Picture) => <AnswerTimes times={times} longest={longest} picture={picture} />,
    lines: times.map(answerTimesLine),
  };
}

interface Props {
  times: readonly Times[];
  /** ms that a bar of the whole width stands for: the same in both variants, so that they can be compared. */
  longest: number;
  picture: Picture;
}

/** Beside each browser, or below the picture where something else stands there. */
function AnswerTimes({ times, longest, picture }: Props) {
  return times.map((one) => {
    const { box, text, bars } = timeBars(one, longest, picture);
    return (
      <div key={one.actor.name} className="answer-times" style={box ? place(box) : undefined}>
        <span className="answer-times-text">{text}</span>
        {bars.map(({ width, height, isQuickest, isCut }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its index
            key={index}
            className="answer-time"
            data-quickest={isQuickest}
            data-cut={isCut || undefined}
            style={{ width, height }}
            title={`${one.times[index]!.toFixed(0)} ms`}
          />
        ))}
      </div>
    );
  });
}
