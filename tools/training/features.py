"""Log-mel spectrograms of nEMO with librosa's documented defaults, written out in NumPy.

    python features.py PATH_TO_NEMO WORK

PATH_TO_NEMO is a checkout of the data set (data.tsv, samples/*.wav: 24 kHz, 16 bit, mono). WORK receives spectrograms.npy
(clips, 128, 141; dB, not yet normalised), clips.csv and front_end.json, the contract that `aexai export` puts into the model.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.io import wavfile

SAMPLE_RATE = 24000
SECONDS = 3.0
N_FFT = 2048
HOP = 512
N_MELS = 128
DB_AMIN = 1e-10
TOP_DB = 80.0
SAMPLES = int(SAMPLE_RATE * SECONDS)


def hertz_to_mel(hertz):
    """Slaney's scale: linear below 1 kHz, logarithmic above."""
    hertz = np.asanyarray(hertz, float)
    logarithmic = 15 + np.log(np.maximum(hertz, 1e-9) / 1000) / (np.log(6.4) / 27)
    return np.where(hertz >= 1000, logarithmic, hertz / (200 / 3))


def mel_to_hertz(mel):
    mel = np.asanyarray(mel, float)
    return np.where(mel >= 15, 1000 * np.exp(np.log(6.4) / 27 * (mel - 15)), mel * 200 / 3)


def mel_filter_bank():
    """Triangles of equal area: (mel bins, FFT bins)."""
    fft_hertz = np.linspace(0, SAMPLE_RATE / 2, N_FFT // 2 + 1)
    edges = mel_to_hertz(np.linspace(hertz_to_mel(0), hertz_to_mel(SAMPLE_RATE / 2), N_MELS + 2))
    widths = np.diff(edges)
    ramps = edges[:, None] - fft_hertz[None]
    triangles = np.maximum(0, np.minimum(-ramps[:-2] / widths[:-1, None], ramps[2:] / widths[1:, None]))
    return triangles * (2 / (edges[2:] - edges[:-2]))[:, None]


FILTERS = mel_filter_bank()
WINDOW = np.hanning(N_FFT + 1)[:-1]  # periodic


def log_mel(wave):
    """dB relative to the clip's maximum, floor at -80: (mel bins, frames). The clip is cut or zero-filled to 3 s."""
    wave = wave[:SAMPLES]
    wave = np.pad(wave, (0, SAMPLES - len(wave)))
    wave = np.pad(wave, N_FFT // 2)
    frames = np.lib.stride_tricks.sliding_window_view(wave, N_FFT)[::HOP]
    power = np.abs(np.fft.rfft(frames * WINDOW, axis=1)) ** 2
    mel = FILTERS @ power.T
    decibels = 10 * np.log10(np.maximum(DB_AMIN, mel)) - 10 * np.log10(max(DB_AMIN, mel.max()))
    return np.maximum(decibels, decibels.max() - TOP_DB)


def front_end(mean, std, labels):
    """The front-end contract."""
    return {
        "sample_rate": SAMPLE_RATE, "seconds": SECONDS, "n_fft": N_FFT, "hop_length": HOP, "window": "hann (periodic)",
        "center": True, "pad_mode": "constant", "power": 2.0, "n_mels": N_MELS, "mel_scale": "slaney", "mel_norm": "slaney",
        "fmin": 0.0, "fmax": SAMPLE_RATE / 2, "db_ref": "max of the clip", "db_amin": DB_AMIN, "top_db": TOP_DB,
        "mean": mean, "std": std, "shape": [1, N_MELS, 1 + SAMPLES // HOP], "labels": labels,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_set", type=Path)
    parser.add_argument("work", type=Path)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)

    clips = pd.read_csv(arguments.data_set / "data.tsv", sep="\t")
    spectrograms = np.zeros((len(clips), N_MELS, 1 + SAMPLES // HOP), np.float32)
    for row, name in enumerate(clips.file_id):
        rate, samples = wavfile.read(arguments.data_set / "samples" / name)
        if rate != SAMPLE_RATE or samples.dtype != np.int16:
            raise ValueError(f"{name}: {rate} Hz, {samples.dtype}; expected {SAMPLE_RATE} Hz, int16")
        spectrograms[row] = log_mel(samples / 32768.0)

    # Over all clips, the test clips among them: as the published weights were made (see the model card).
    mean, std = (float(f(spectrograms.astype(np.float64))) for f in (np.mean, np.std))
    np.save(arguments.work / "spectrograms.npy", spectrograms)
    clips.to_csv(arguments.work / "clips.csv", index=False)
    contract = front_end(mean, std, sorted(clips.emotion.unique()))
    (arguments.work / "front_end.json").write_text(json.dumps(contract, indent=1))
    print(f"{len(clips)} clips, mean {mean:.4f} dB, standard deviation {std:.4f} dB")


if __name__ == "__main__":
    main()
