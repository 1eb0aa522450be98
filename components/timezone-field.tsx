import { SelectField } from './ui-field'

type TimezoneFieldProps = {
  label: string
  hint?: string
  /** IANA name; '' where `none` is offered. */
  value: string
  onChange: (timezone: string) => void
  /** What the server knows; the value is on the list even where it is not. */
  timezones: readonly string[]
  /** Offered first, as no zone of one's own. */
  none?: string
}

/** One of the IANA zones, by name. */
export const TimezoneField = ({ label, hint, value, onChange, timezones, none }: TimezoneFieldProps) => {
  const known = value === '' || timezones.includes(value) ? timezones : [value, ...timezones]
  return (
    <SelectField
      label={label}
      hint={hint}
      name="timezone"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[...(none === undefined ? [] : [{ value: '', label: none }]), ...known.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))]}
    />
  )
}
