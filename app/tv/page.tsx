import type { Metadata } from 'next'
import { deviceStrings } from '@/components/strings-devices'
import { TvDoor } from '@/components/tv-screen'

export const metadata: Metadata = { title: deviceStrings.tv.pageTitle, robots: { index: false } }

const TvPage = () => <TvDoor />

export default TvPage
