import { Checkbox } from '@mantine/core';
import { useId } from 'react';
import type { Limits } from '../../../../scenarios/engine/limits.ts';
import { type LimitSlider, limitSliders, spokenValue, valueText } from './limitSteps.ts';

interface Props {
  limits: Limits;
  onChange: (limits: Limits) => void;
}

/** The limits as sliders with a few round values. */
export function LimitControls({ limits, onChange }: Props) {
  return (
    <fieldset className="limit-controls" aria-label="Limits">
      {limitSliders.map((slider) => (
        <Slider key={slider.name} slider={slider} limits={limits} onChange={onChange} />
      ))}
      <Checkbox
        size="xs"
        color="var(--accent)"
        iconColor="var(--on-accent)"
        label="Rolling"
        description="Each response renews the cookie"
        checked={limits.rolling}
        onChange={({ currentTarget }) => onChange({ ...limits, rolling: currentTarget.checked })}
      />
    </fieldset>
  );
}

function Slider({ slider: { name, label, about, values }, limits, onChange }: Props & { slider: LimitSlider }) {
  const id = useId();
  return (
    <div className="limit-slider">
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{valueText(name, limits)}</output>
      <input
        id={id}
        type="range"
        min={0}
        max={values.length - 1}
        value={values.indexOf(limits[name])}
        aria-valuetext={spokenValue(name, limits)}
        aria-describedby={`${id}-about`}
        onChange={({ currentTarget }) => onChange({ ...limits, [name]: values[currentTarget.valueAsNumber] })}
      />
      <span className="limit-about" id={`${id}-about`}>
        {about}
      </span>
    </div>
  );
}
