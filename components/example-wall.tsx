import { EXAMPLE_CLASS } from './example-class'
import { ExampleFigure } from './example-figure'
import { words } from './strings'
import { PersonTile } from './tile'

/** The real wall's tiles with invented members, said to be so. */
export const ExampleWall = () => (
  <figure aria-label={words.front.example.label}>
    <div className="stage grid grid-cols-2 gap-1.5 rounded-panel p-1.5 sm:gap-2 sm:p-2 lg:grid-cols-4">
      {EXAMPLE_CLASS.map(({ tile, pose }) => (
        <div key={tile.participantId} className="aspect-[5/4]">
          <PersonTile tile={tile} cameraLimit={8} scale="small" drawing={pose ? <ExampleFigure pose={pose} /> : undefined} />
        </div>
      ))}
    </div>
    <figcaption className="mt-3 max-w-3xl text-small text-soft">{words.front.example.caption}</figcaption>
  </figure>
)
