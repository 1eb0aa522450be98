import { classNames } from './class-names'
import { heartStrings } from './strings-heart'
import { Button } from './ui-button'

const words = heartStrings.effort
const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

/** How hard it feels, one tap. Large enough for a wet finger. */
export const EffortPad = ({ value, onTap }: { value: number | null; onTap: (effort: number) => void }) => (
  <section>
    <h2 className="mb-2 text-base font-semibold">{words.title}</h2>
    <div className="grid grid-cols-5 gap-2">
      {STEPS.map((effort) => (
        <button
          key={effort}
          type="button"
          aria-label={words.value(effort)}
          aria-pressed={value === effort}
          onClick={() => onTap(effort)}
          className={classNames(
            'figures min-h-16 cursor-pointer rounded-control text-2xl font-bold transition-colors duration-150',
            value === effort ? 'bg-accent text-on-accent' : 'bg-accent-wash text-ink hover:outline-2 hover:outline-line-strong',
          )}
        >
          {effort}
        </button>
      ))}
    </div>
    <p className="mt-1.5 flex justify-between text-small text-soft">
      <span>{words.one}</span>
      <span>{words.ten}</span>
    </p>
    <p className="mt-1 text-small text-soft">{words.stands}</p>
  </section>
)

export const EffortInstead = ({ onEffort, primary = false }: { onEffort: () => void; primary?: boolean }) => (
  <div>
    <Button variant={primary ? 'primary' : 'secondary'} wide onClick={onEffort}>
      {heartStrings.other.effort}
    </Button>
    <p className="mt-1.5 text-small text-soft">{heartStrings.other.effortText}</p>
  </div>
)
