import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { ZoneBadge, ZoneBars } from './zone'

afterEach(cleanup)
const filled = (root: HTMLElement) => root.querySelectorAll('[data-filled=true]').length

describe('a zone', () => {
  it.each([1, 2, 3, 4, 5] as const)('%d is said by colour, number and bars at once', (zone) => {
    const { container } = render(<ZoneBadge zone={zone} />)
    expect(container.textContent).toBe(`Zone ${zone}`)
    expect(filled(container)).toBe(zone)
    expect(container.firstElementChild?.className).toContain(`bg-zone-${zone}`)
  })

  it('below zone 1 is neutral and says so', () => {
    const { container } = render(<ZoneBadge zone={0} />)
    expect(container.textContent).toBe('Below zone 1')
    expect(container.innerHTML).not.toMatch(/bg-zone-/)
  })

  it('that is not known claims nothing', () => {
    const { container } = render(<ZoneBadge zone={null} />)
    expect(container.textContent).toBe('Zone not known yet')
    expect(container.innerHTML).not.toMatch(/bg-zone-/)
  })

  it('that went stale loses its colour and keeps its number and bars', () => {
    const { container } = render(<ZoneBadge zone={4} stale />)
    expect(container.textContent).toBe('Zone 4')
    expect(container.innerHTML).not.toMatch(/bg-zone-/)
    expect(filled(container)).toBe(4)
  })

  it('has bars that screen readers pass over', () => {
    const { container } = render(<ZoneBars zone={3} />)
    expect(filled(container)).toBe(3)
    expect(container.firstElementChild?.getAttribute('aria-hidden')).toBe('true')
  })
})
