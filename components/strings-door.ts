/** Words at the door of a class: coming or not, waiting in line, and what its trainer sees of that. `trainer` is a first name. */
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const nth = (position: number): string => ORDINALS[position - 1] ?? `number ${position}`

export const doorStrings = {
  coming: 'Are you coming?',
  comingYes: 'I’m coming',
  places: (taken: number, capacity: number) => `${taken} of ${capacity} places are taken.`,
  full: (taken: number, capacity: number) => `This class is full: ${taken} of ${capacity}.`,
  fullText: 'Wait in line and keep this page open: when it is your turn you come in by yourself.',
  fullAhead: 'Wait in line: a place that comes free is yours when it is your turn.',
  wait: 'Wait in line',
  doorOpens: 'The door opens',
  opensItself: 'Keep this page open, and it lets you in by itself.',
  booked: 'You have a place.',
  bookedText: 'Keep this page open and you come in by yourself.',
  walkIn: 'A place is yours. Coming in…',
  away: 'Your place is ready',
  inLine: (position: number) => `You are ${nth(position)} in line.`,
  inLineOpen: 'Keep this page open and you come in by yourself when a place opens.',
  inLineAhead: 'When a place comes free it goes to the first in line by itself.',
  cannotCome: 'I cannot come',
  leaveLine: 'Leave the line',
  change: 'Change name or camera',
  changeNote: 'You keep your turn.',
  changeSave: 'Save',
  changeBack: 'Keep it as it was',
  next: 'The next one:',
  overTalk: 'Those who were in it are still talking; newcomers are welcome at the next one.',

  line: {
    title: 'Places',
    count: (taken: number, capacity: number, waiting: number) => `${taken} of ${capacity}${waiting > 0 ? `, ${waiting} waiting` : ''}`,
    waitingNow: (waiting: number) => `${waiting} waiting`,
    booked: 'Coming',
    waiting: 'Waiting in line',
    here: 'here',
    add: 'Add a place',
    addNote: 'A new place goes to the first in line at once.',
    none: 'Nobody has booked yet. Members who open the link can say that they are coming.',
    open: 'Open the room',
    opening: 'Opening the room…',
  },
} as const
