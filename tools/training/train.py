"""Trains AudioResNet on the spectrograms that features.py wrote.

    python train.py WORK

WORK receives best_model.pt (the state dict with the lowest validation loss), label_mapping.json and split.csv.
Split: 64 % / 16 % / 20 %, random, stratified by emotion, seed 42; speakers occur on all sides (see the model card).
"""
import argparse
import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split
from torch import nn

from audio_resnet import AudioResNet, initialise

SEED = 42
EPOCHS = 50
PATIENCE = 7
BATCH = 32


def split(labels):
    """Rows for training, validation and test."""
    rows = np.arange(len(labels))
    train, test = train_test_split(rows, test_size=0.2, random_state=SEED, stratify=labels)
    train, validation = train_test_split(train, test_size=0.2, random_state=SEED, stratify=labels[train])
    return train, validation, test


def augment(spectrogram, random):
    """Half of the clips get, each with probability one half: faint noise, a silent band of up to 9 mel bins, a silent gap of up to 19 frames."""
    spectrogram = spectrogram.copy()
    bins, frames = spectrogram.shape[1:]
    if random.random() < 0.5:
        if random.random() < 0.5:
            spectrogram += random.normal(0, 0.005, spectrogram.shape).astype(np.float32)
        if random.random() < 0.5:
            width = random.integers(1, 10)
            start = random.integers(0, bins - width)
            spectrogram[:, start:start + width] = spectrogram.min()
        if random.random() < 0.5:
            width = random.integers(1, 20)
            start = random.integers(0, frames - width)
            spectrogram[:, :, start:start + width] = spectrogram.min()
    return spectrogram


def evaluate(model, inputs, labels, rows):
    """Mean cross-entropy, accuracy and predictions."""
    model.eval()
    loss, predictions = 0.0, []
    with torch.no_grad():
        for start in range(0, len(rows), 64):
            batch = rows[start:start + 64]
            logits = model(torch.from_numpy(inputs[batch]))
            loss += nn.functional.cross_entropy(logits, torch.from_numpy(labels[batch]), reduction="sum").item()
            predictions.append(logits.argmax(1).numpy())
    predictions = np.concatenate(predictions)
    return loss / len(rows), (predictions == labels[rows]).mean(), predictions


def train_epoch(model, optimizer, inputs, labels, rows, random):
    """One pass in random order; the mean loss."""
    model.train()
    order, total = random.permutation(rows), 0.0
    for start in range(0, len(order), BATCH):
        batch = order[start:start + BATCH]
        x = torch.from_numpy(np.stack([augment(inputs[row], random) for row in batch]))
        y = torch.from_numpy(labels[batch])
        optimizer.zero_grad()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(x)
        loss = nn.functional.cross_entropy(logits.float(), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(batch)
    return total / len(order)


def fit(model, inputs, labels, training, validation, path):
    """Adam with a halving plateau schedule; keeps the weights of the lowest validation loss; stops after 7 epochs without one."""
    random = np.random.default_rng(SEED)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-5)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode="min", factor=0.5, patience=3)
    best, waited = float("inf"), 0
    for epoch in range(1, EPOCHS + 1):
        started = time.time()
        train_loss = train_epoch(model, optimizer, inputs, labels, training, random)
        loss, accuracy, _ = evaluate(model, inputs, labels, validation)
        schedule.step(loss)
        rate = optimizer.param_groups[0]["lr"]
        print(f"epoch {epoch} train {train_loss:.4f} val {loss:.4f} acc {accuracy:.4f} lr {rate:.1e} {time.time() - started:.0f}s", flush=True)
        if loss < best:
            best, waited = loss, 0
            torch.save(model.state_dict(), path)
        else:
            waited += 1
            if waited >= PATIENCE:
                return


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(SEED)

    contract = json.loads((arguments.work / "front_end.json").read_text())
    names = contract["labels"]
    clips = pd.read_csv(arguments.work / "clips.csv")
    labels = clips.emotion.map(names.index).to_numpy(np.int64)
    decibels = np.load(arguments.work / "spectrograms.npy")
    inputs = ((decibels - contract["mean"]) / contract["std"]).astype(np.float32)[:, None]

    training, validation, test = split(labels)
    parts = np.full(len(labels), "train", object)
    parts[validation], parts[test] = "val", "test"
    clips[["file_id", "emotion", "speaker_id"]].assign(split=parts).to_csv(arguments.work / "split.csv", index=False)
    (arguments.work / "label_mapping.json").write_text(json.dumps({name: index for index, name in enumerate(names)}))

    model = AudioResNet(num_classes=len(names))
    initialise(model)
    checkpoint = arguments.work / "best_model.pt"
    fit(model, inputs, labels, training, validation, checkpoint)
    model.load_state_dict(torch.load(checkpoint))
    loss, accuracy, predictions = evaluate(model, inputs, labels, test)
    print(f"test loss {loss:.4f}, accuracy {accuracy:.4f}")
    print(classification_report(labels[test], predictions, target_names=names, digits=4))


if __name__ == "__main__":
    main()
