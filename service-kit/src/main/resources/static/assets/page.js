/** What every page starts: the theme switch, times that stay true, forms that keep what was typed. */

import {startThemeSwitch} from './theme.js';
import {startTimes} from './time.js';
import {startForms} from './forms.js';

startThemeSwitch();
startTimes();
startForms();
