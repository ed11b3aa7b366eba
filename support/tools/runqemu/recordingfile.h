/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The description of a recording, a JSON file: recordingopen and recordingend of recording.h. */
#ifndef RUNQEMU_RECORDINGFILE_H
#define RUNQEMU_RECORDINGFILE_H

#define RECORDING_FILE "recording.json"

#endif
