import type { Metadata } from 'next'
import { GoScreen } from '@/components/go-screen'
import { deviceStrings } from '@/components/strings-devices'

export const metadata: Metadata = { title: deviceStrings.go.pageTitle, robots: { index: false } }

const GoPage = () => <GoScreen />

export default GoPage
