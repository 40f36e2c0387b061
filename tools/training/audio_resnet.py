"""AudioResNet: torchvision's ResNet18 for one-channel log-mel spectrograms.

The C# exporter rebuilds exactly this network from the names and shapes of its state dict, so a change here needs one there
(src/AudioEmotionXai/Checkpoints/AudioResNet).
"""
import torch
from torch import nn
from torchvision import models


class AudioResNet(nn.Module):
    """Input (N, 1, mel bins, frames), z-scored dB; output (N, num_classes) logits."""

    def __init__(self, num_classes: int = 6, dropout_rate: float = 0.5) -> None:
        super().__init__()
        self.resnet = models.resnet18(weights=None)
        self.resnet.conv1 = nn.Conv2d(1, 64, kernel_size=7, stride=2, padding=3, bias=False)
        features = self.resnet.fc.in_features
        self.resnet.fc = nn.Identity()
        self.dropout = nn.Dropout(dropout_rate)
        self.fc = nn.Linear(features, num_classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.dropout(self.resnet(x)))


def initialise(model: nn.Module) -> None:
    """He initialisation (fan out) for convolutions, Xavier for linear layers."""
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        elif isinstance(module, nn.Linear):
            nn.init.xavier_normal_(module.weight)
            nn.init.zeros_(module.bias)
